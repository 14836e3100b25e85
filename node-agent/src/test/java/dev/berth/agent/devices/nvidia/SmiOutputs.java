package dev.berth.agent.devices.nvidia;

/** What nvidia-smi prints, in the layout of its tables. */
final class SmiOutputs {
  static final String LGIP =
      """
      +-----------------------------------------------------------------------------+
      | GPU instance profiles:                                                      |
      | GPU   Name             ID    Instances   Memory     P2P    SM    DEC   ENC  |
      |                              Free/Total   GiB              CE    JPEG  OFA  |
      |=============================================================================|
      |   0  MIG 1g.18gb       19     7/7        16.00      No     16     1     0   |
      |                                                             1     1     0   |
      +-----------------------------------------------------------------------------+
      |   0  MIG 1g.18gb+me    20     1/1        16.00      No     16     1     0   |
      |                                                             1     1     1   |
      +-----------------------------------------------------------------------------+
      |   0  MIG 3g.71gb        9     2/2        69.50      No     60     3     0   |
      |                                                             3     3     0   |
      +-----------------------------------------------------------------------------+
      """;
  static final String LGIPP =
      """
      GPU  0 Profile ID 19 Placements: {0,1,2,3,4,5,6}:1
      GPU  0 Profile ID 20 Placements: {0,1,2,3,4,5,6}:1
      GPU  0 Profile ID  9 Placements: {0,4}:4
      """;
  static final String LGI =
      """
      +-------------------------------------------------------+
      | GPU instances:                                        |
      | GPU   Name             Profile  Instance   Placement  |
      |                          ID       ID       Start:Size |
      |=======================================================|
      |   0  MIG 3g.71gb          9        2          4:4     |
      +-------------------------------------------------------+
      """;
  static final String LIST =
      """
      GPU 0: NVIDIA H200 (UUID: GPU-aaaa)
        MIG 3g.71gb     Device  0: (UUID: MIG-11111111-2222-3333-4444-555555555555)
      GPU 1: Tesla T4 (UUID: GPU-bbbb)
      """;
  static final String XML =
      """
      <?xml version="1.0" ?>
      <!DOCTYPE nvidia_smi_log SYSTEM "nvsmi_device_v12.dtd">
      <nvidia_smi_log>
        <attached_gpus>2</attached_gpus>
        <gpu id="00000000:4C:00.0">
          <product_name>NVIDIA H200</product_name>
          <mig_devices>
            <mig_device>
              <index>0</index>
              <gpu_instance_id>2</gpu_instance_id>
              <compute_instance_id>0</compute_instance_id>
            </mig_device>
          </mig_devices>
          <uuid>GPU-aaaa</uuid>
          <minor_number>3</minor_number>
        </gpu>
        <gpu id="00000000:5D:00.0">
          <mig_devices>None</mig_devices>
          <uuid>GPU-bbbb</uuid>
          <minor_number>1</minor_number>
        </gpu>
      </nvidia_smi_log>
      """;

  private SmiOutputs() {}
}
