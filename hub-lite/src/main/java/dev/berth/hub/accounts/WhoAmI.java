package dev.berth.hub.accounts;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.berth.api.visitor.Tier;
import java.util.List;

/** The answer of {@code /api/whoami-v2}, whose names are the Hub's; {@code tier} is ours. */
public record WhoAmI(
    String type,
    String id,
    String name,
    String fullname,
    @JsonProperty("isPro") boolean isPro,
    @JsonProperty("canPay") boolean canPay,
    String tier,
    List<String> orgs,
    Auth auth) {

  public record Auth(String type, @JsonProperty("accessToken") AccessToken accessToken) {}

  public record AccessToken(@JsonProperty("displayName") String displayName, String role) {}

  public static WhoAmI of(Identity caller) {
    String role = caller.admin() ? "write" : "read";
    return new WhoAmI(
        "user",
        caller.account(),
        caller.account(),
        caller.account(),
        caller.tier().compareTo(Tier.PRO) >= 0,
        true,
        caller.tier().text(),
        List.of(),
        new Auth("access_token", new AccessToken("berth-" + caller.account(), role)));
  }
}
