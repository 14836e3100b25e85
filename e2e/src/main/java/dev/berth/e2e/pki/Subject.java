package dev.berth.e2e.pki;

import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * Whom a certificate is for.
 *
 * @param name common name; Kubernetes takes it as the user
 * @param organisation Kubernetes takes it as the group; may be empty
 * @param addresses IP addresses besides 127.0.0.1 at which it serves
 */
record Subject(String name, String organisation, List<String> addresses, KeyKind keys) {
  static Subject local(String name) {
    return new Subject(name, "", List.of(), KeyKind.EC_P256);
  }

  static Subject node(String name, String address) {
    return new Subject("system:node:" + name, "system:nodes", List.of(address), KeyKind.EC_P256);
  }

  static Subject user(String name, String group) {
    return new Subject(name, group, List.of(), KeyKind.RSA_2048);
  }

  X500Name x500() {
    var builder = new X500NameBuilder(BCStyle.INSTANCE);
    if (!organisation.isEmpty()) {
      builder.addRDN(BCStyle.O, organisation);
    }
    return builder.addRDN(BCStyle.CN, name).build();
  }

  GeneralName[] generalNames() {
    var dns = Stream.of("localhost", dnsName()).map(it -> new GeneralName(GeneralName.dNSName, it));
    var ips =
        Stream.concat(Stream.of("127.0.0.1"), addresses.stream())
            .map(it -> new GeneralName(GeneralName.iPAddress, it));
    return Stream.concat(dns, ips).toArray(GeneralName[]::new);
  }

  /** The last part of "system:node:berth-0". */
  private String dnsName() {
    return name.substring(name.lastIndexOf(':') + 1);
  }
}
