package io.atoll.http.route;

import io.atoll.access.TenantId;
import io.atoll.plan.Features;
import io.atoll.plan.Plans;
import io.atoll.quota.QuotaOverrides;
import io.atoll.quota.QuotaPatch;
import io.atoll.tenant.Residency;
import io.atoll.tenant.TenantPatch;
import io.atoll.tenant.TenantPatch.Change;
import io.atoll.tenant.TenantSpec;
import io.atoll.tenant.TenantStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what a tenant shall be, and what shall change of it. */
final class TenantBodies {
  private static final Set<String> CREATED =
      Set.of("id", "name", "plan", "quotas", "features", "metadata", "email", "residency");
  private static final Set<String> PATCHED =
      Set.of("name", "plan", "status", "quotas", "features", "metadata", "email", "residency");

  /** What a tenant may not change of itself. */
  static final Set<String> OPERATORS_ONLY =
      Set.of("plan", "status", "quotas", "features", "residency");

  private static final int LONGEST_NAME = 200;
  private static final Pattern EMAIL =
      Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}]{1,189}");
  private static final Pattern REGION = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

  private static final Map<String, Optional<Boolean>> NO_FEATURES =
      Features.NAMES.stream().collect(Collectors.toMap(name -> name, name -> Optional.empty()));

  private final Supplier<Plans> plans;

  TenantBodies(Supplier<Plans> plans) {
    this.plans = plans;
  }

  /** A new tenant; {@code id} is null when the server shall make one. */
  record New(@Nullable String id, TenantSpec spec) {}

  New create(byte[] body) {
    Fields fields = Fields.of(body, CREATED);
    String id = fields.text("id");
    if (id != null && !TenantId.isValid(id)) {
      throw fields.wrong("id", "must be 1 to 63 of a-z 0-9 -, without a hyphen at an end");
    }
    String name = name(fields);
    if (name == null) {
      throw fields.wrong("name", "is missing");
    }
    String plan = plan(fields);
    return new New(
        id,
        new TenantSpec(
            name,
            plan == null ? Plans.DEFAULT : plan,
            quotas(fields.object("quotas")),
            present(features(fields)),
            metadata(fields),
            email(fields),
            residency(fields)));
  }

  /** The patch with the names of the fields that it changes. */
  record Changes(TenantPatch patch, Set<String> names) {}

  Changes patch(byte[] body) {
    Fields fields = Fields.of(body, PATCHED);
    TenantPatch patch =
        new TenantPatch(
            name(fields),
            plan(fields),
            status(fields),
            quotasPatch(fields),
            fields.isNull("features") ? NO_FEATURES : features(fields),
            metadataPatch(fields),
            fields.has("email") ? new Change<>(email(fields)) : null,
            fields.has("residency") ? new Change<>(residencyOrNull(fields)) : null);
    return new Changes(patch, Set.copyOf(fields.names()));
  }

  private static @Nullable QuotaPatch quotasPatch(Fields fields) {
    if (fields.isNull("quotas")) {
      return QuotaPatch.REMOVE_ALL;
    }
    Fields quotas = fields.object("quotas");
    return quotas == null ? null : QuotaBodies.patch(quotas);
  }

  private static @Nullable String metadataPatch(Fields fields) {
    if (fields.isNull("metadata")) {
      return TenantPatch.REMOVE_METADATA;
    }
    return fields.has("metadata") ? metadata(fields) : null;
  }

  private static @Nullable String name(Fields fields) {
    String name = fields.text("name");
    if (name != null
        && (name.isBlank()
            || name.length() > LONGEST_NAME
            || name.codePoints().anyMatch(TenantBodies::unprintable))) {
      throw fields.wrong("name", "must be 1 to 200 printable characters");
    }
    return name;
  }

  private static boolean unprintable(int point) {
    int type = Character.getType(point);
    return Character.isISOControl(point)
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  private @Nullable String plan(Fields fields) {
    String plan = fields.text("plan");
    if (plan != null && plans.get().find(plan).isEmpty()) {
      throw fields.wrong("plan", "must be the name of a plan");
    }
    return plan;
  }

  private static @Nullable TenantStatus status(Fields fields) {
    String status = fields.text("status");
    if (status == null) {
      return null;
    }
    return TenantStatus.byName(status)
        .filter(named -> named != TenantStatus.DELETED)
        .orElseThrow(() -> fields.wrong("status", "must be active or suspended"));
  }

  private static QuotaOverrides quotas(@Nullable Fields quotas) {
    return quotas == null
        ? QuotaOverrides.NONE
        : QuotaOverrides.NONE.merge(QuotaBodies.create(quotas));
  }

  private static Map<String, Optional<Boolean>> features(Fields fields) {
    Fields features = fields.object("features");
    if (features == null) {
      return Map.of();
    }
    features.only(Set.copyOf(Features.NAMES));
    Map<String, Optional<Boolean>> switches = new HashMap<>();
    for (String name : features.names()) {
      switches.put(
          name, features.isNull(name) ? Optional.empty() : Optional.of(features.flag(name)));
    }
    return switches;
  }

  private static Map<String, Boolean> present(Map<String, Optional<Boolean>> switches) {
    Map<String, Boolean> present = new HashMap<>();
    switches.forEach((name, on) -> on.ifPresent(value -> present.put(name, value)));
    return present;
  }

  private static String metadata(Fields fields) {
    Fields metadata = fields.object("metadata");
    return metadata == null ? "{}" : metadata.json();
  }

  private static @Nullable String email(Fields fields) {
    String email = fields.isNull("email") ? null : fields.text("email");
    if (email != null && !EMAIL.matcher(email).matches()) {
      throw fields.wrong("email", "must be an e-mail address");
    }
    return email;
  }

  private static Residency residency(Fields fields) {
    Residency residency = residencyOrNull(fields);
    return residency == null ? Residency.ANYWHERE : residency;
  }

  private static @Nullable Residency residencyOrNull(Fields fields) {
    Fields residency = fields.isNull("residency") ? null : fields.object("residency");
    if (residency == null) {
      return null;
    }
    List<String> regions = residency.only(Set.of("regions")).texts("regions");
    if (regions == null || !regions.stream().allMatch(name -> REGION.matcher(name).matches())) {
      throw residency.wrong("regions", "must be an array of region names");
    }
    return new Residency(regions);
  }
}
