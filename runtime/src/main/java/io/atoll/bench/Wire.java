package io.atoll.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;

/** The names and values that calls carry, ready for the wire. Immutable. */
final class Wire {
  private final BenchSettings settings;
  private final Population population;
  private final Values values;
  private final byte[][] tenantMembers;

  Wire(BenchSettings settings, Population population, Values values) {
    this.settings = settings;
    this.population = population;
    this.values = values;
    List<String> tenants = population.tenants();
    this.tenantMembers = new byte[tenants.size()][];
    for (int i = 0; i < tenantMembers.length; i++) {
      String member = population.named() ? ",\"tenant\":\"" + tenants.get(i) + "\"" : "";
      tenantMembers[i] = member.getBytes(US_ASCII);
    }
  }

  static String map(int number) {
    return "m" + number;
  }

  static String key(int number) {
    return "k" + number;
  }

  String tenant(Call call) {
    return population.tenants().get(call.tenant());
  }

  /** Whether calls name their tenant. */
  boolean namesTenants() {
    return population.named();
  }

  /** The member of a request that names the tenant, with a comma before it; may be empty. */
  byte[] tenantMember(Call call) {
    return tenantMembers[call.tenant()];
  }

  byte[] value(Call call) {
    return values.value(call.value());
  }

  int scanLimit() {
    return settings.mix().scanLimit();
  }

  String credential() {
    return "Bearer " + settings.target().key();
  }
}
