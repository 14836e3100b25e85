package dev.berth.agent.devices.nvidia;

import dev.berth.agent.devices.DeviceException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads nvidia-smi -q -x, which alone joins MIG device indices with instance ids. */
final class SmiXml {
  private SmiXml() {}

  /**
   * One GPU.
   *
   * @param minor of /dev/nvidia&lt;minor&gt;
   */
  record Gpu(String uuid, int minor, List<MigDevice> migs) {}

  /** One MIG device. */
  record MigDevice(int index, int gpuInstance, int computeInstance) {}

  static List<Gpu> gpus(String xml) {
    return elements(parse(xml).getElementsByTagName("gpu")).stream().map(SmiXml::gpu).toList();
  }

  private static Gpu gpu(Element e) {
    List<MigDevice> migs =
        elements(e.getElementsByTagName("mig_device")).stream()
            .map(
                m ->
                    new MigDevice(
                        number(m, "index"),
                        number(m, "gpu_instance_id"),
                        number(m, "compute_instance_id")))
            .toList();
    return new Gpu(text(e, "uuid"), number(e, "minor_number"), migs);
  }

  private static Document parse(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
      factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
      return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new DeviceException("nvidia-smi -q -x printed what is not XML", e);
    }
  }

  private static List<Element> elements(NodeList nodes) {
    List<Element> elements = new ArrayList<>();
    IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(Element.class::isInstance)
        .forEach(n -> elements.add((Element) n));
    return elements;
  }

  private static String text(Element e, String tag) {
    NodeList found = e.getElementsByTagName(tag);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
  }

  private static int number(Element e, String tag) {
    String text = text(e, tag);
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
  }
}
