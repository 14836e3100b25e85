package dev.berth.e2e.cluster;

import com.github.dockerjava.api.exception.NotFoundException;
import dev.berth.e2e.FleetException;
import java.nio.file.Path;
import java.util.List;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.BindMode;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * The container. It is marked for reuse, so that Testcontainers leaves it alone when this program
 * ends.
 *
 * @param container its name
 */
record K3sNode(String container, Path kubeletRoot, Path cdiDirectory) {
  static final String NAME = "berth-0";
  static final String POD_NETWORK = "10.42.0.0/16";

  /** Dynamic Resource Allocation is on by default from Kubernetes 1.34. */
  private static final DockerImageName IMAGE = DockerImageName.parse("rancher/k3s:v1.34.2-k3s1");

  static void requireDocker() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      throw new FleetException(
          "--cluster k3s needs Docker, and none answers here: start it (`systemctl start docker`), or leave --cluster out to get the native cluster");
    }
  }

  /** Starts it with the images in {@code archives}. Answers its kubeconfig. */
  @SuppressWarnings("resource") // The container must outlive this program; remove() ends it.
  String start(List<Path> archives) {
    var k3s = new K3sContainer(IMAGE);
    k3s.withCommand(command())
        .withFileSystemBind(kubeletRoot.toString(), kubeletRoot.toString(), BindMode.READ_WRITE)
        .withFileSystemBind(cdiDirectory.toString(), "/var/run/cdi", BindMode.READ_WRITE)
        .withCreateContainerCmdModifier(create -> create.withName(container))
        .withReuse(true);
    for (var archive : archives) {
      k3s.withCopyFileToContainer(
          MountableFile.forHostPath(archive),
          "/var/lib/rancher/k3s/agent/images/" + archive.getFileName());
    }
    k3s.start();
    return k3s.getKubeConfigYaml();
  }

  private String[] command() {
    return new String[] {
      "server",
      "--disable=traefik,metrics-server,servicelb",
      "--tls-san=localhost",
      "--node-name=" + NAME,
      "--cluster-cidr=" + POD_NETWORK,
      "--kubelet-arg=root-dir=" + kubeletRoot,
      "--kubelet-arg=node-labels=" + NodePlace.labels()
    };
  }

  /** Its IP address on Docker's default network. */
  String address() {
    var networks =
        DockerClientFactory.lazyClient()
            .inspectContainerCmd(container)
            .exec()
            .getNetworkSettings()
            .getNetworks();
    return networks.values().iterator().next().getIpAddress();
  }

  void remove() {
    requireDocker();
    try {
      DockerClientFactory.lazyClient().removeContainerCmd(container).withForce(true).exec();
    } catch (NotFoundException e) {
      // It is already gone.
    }
  }
}
