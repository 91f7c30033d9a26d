package io.atoll.reload;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.atoll.plan.Features;
import io.atoll.plan.Plan;
import io.atoll.plan.Plans;
import io.atoll.plan.Tier;
import io.atoll.quota.ActionLimit;
import io.atoll.quota.Quota;
import io.atoll.quota.Quotas;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads the plans that the configuration defines: the block {@code atoll.plans}. */
public final class ConfiguredPlans {
  private static final String PATH = "atoll.plans";
  private static final String ACTIONS = "actions";
  private static final Set<String> FIELDS = Set.of("tier", "quotas", "features");
  private static final Set<String> ACTION = Set.of("limit", "windowMs");
  private static final Set<Quota> SIZES = EnumSet.of(Quota.STORAGE_BYTES, Quota.BYTES_PER_SECOND);

  private ConfiguredPlans() {}

  /**
   * The plans, each over the built-in one of its name, or over the default one under its own name.
   * Fails with {@code ConfigException} that names the key.
   */
  public static List<Plan> from(Config config) {
    List<Plan> plans = new ArrayList<>();
    for (Map.Entry<String, ConfigValue> entry : config.getObject(PATH).entrySet()) {
      Block block = new Block(PATH + "." + entry.getKey(), entry.getValue());
      if (!Plan.isName(entry.getKey())) {
        throw block.wrong("a plan's name is 1 to 63 of a-z 0-9 -, without a hyphen at an end");
      }
      plans.add(plan(block, base(entry.getKey())));
    }
    return plans;
  }

  private static Plan base(String name) {
    Plans builtIn = Plans.builtIn();
    return builtIn.find(name).or(() -> builtIn.find(Plans.DEFAULT)).orElseThrow().named(name);
  }

  private static Plan plan(Block block, Plan base) {
    block.only(FIELDS);
    return new Plan(
        base.name(),
        block.has("tier") ? tier(block) : base.tier(),
        block.has("quotas") ? quotas(block.block("quotas"), base.quotas()) : base.quotas(),
        block.has("features") ? features(block.block("features"), base) : base.features());
  }

  private static Tier tier(Block block) {
    return Tier.byName(block.text("tier"))
        .orElseThrow(() -> block.wrong("tier", "must be A, B or C"));
  }

  private static Quotas quotas(Block block, Quotas base) {
    Quotas.Builder builder = base.toBuilder();
    if (block.has(Quota.OPS_PER_SECOND.apiName())) {
      builder.limit(Quota.BURST, limit(block, Quota.OPS_PER_SECOND));
    }
    for (String name : block.names()) {
      if (!name.equals(ACTIONS)) {
        Quota quota = Quota.byName(name).orElseThrow(() -> block.wrong(name, "is not a quota"));
        builder.limit(quota, limit(block, quota));
      }
    }
    if (block.has(ACTIONS)) {
      Block actions = block.block(ACTIONS);
      actions.names().forEach(name -> builder.action(name, action(actions, name, base)));
    }
    return builder.build();
  }

  private static long limit(Block block, Quota quota) {
    return block.number(quota.apiName(), Quota.UNLIMITED, Quota.MAX_LIMIT, SIZES.contains(quota));
  }

  /** What is left out of an action is as in the plan beneath, where it has that action. */
  private static ActionLimit action(Block actions, String name, Quotas base) {
    if (!ActionLimit.isName(name)) {
      throw actions.wrong(name, "must be 1 to 64 of A-Z a-z 0-9 _ . -");
    }
    Block action = actions.block(name);
    action.only(ACTION);
    Optional<ActionLimit> before = Optional.ofNullable(base.actions().get(name));
    return new ActionLimit(
        before
            .filter(known -> !action.has("limit"))
            .map(ActionLimit::limit)
            .orElseGet(() -> action.number("limit", Quota.UNLIMITED, Quota.MAX_LIMIT, false)),
        before
            .filter(known -> !action.has("windowMs"))
            .map(ActionLimit::windowMs)
            .orElseGet(() -> action.number("windowMs", 1, ActionLimit.MAX_WINDOW_MS, false)));
  }

  private static Map<String, Boolean> features(Block block, Plan base) {
    block.only(Features.NAMES);
    Map<String, Boolean> switches = new TreeMap<>(base.features());
    block.names().forEach(name -> switches.put(name, block.flag(name)));
    return switches;
  }

  /** An object of the configuration; what is wrong in it is named by its path. */
  private record Block(String path, ConfigValue value) {
    Block {
      if (value.valueType() != ConfigValueType.OBJECT) {
        throw new ConfigException.BadValue(value.origin(), path, "must be a block");
      }
    }

    private ConfigObject object() {
      return (ConfigObject) value;
    }

    Collection<String> names() {
      return object().keySet();
    }

    boolean has(String name) {
      return object().containsKey(name);
    }

    void only(Collection<String> allowed) {
      for (String name : names()) {
        if (!allowed.contains(name)) {
          throw wrong(
              name,
              "is unknown; there are " + String.join(", ", allowed.stream().sorted().toList()));
        }
      }
    }

    Block block(String name) {
      return new Block(path + "." + name, member(name));
    }

    String text(String name) {
      return String.valueOf(member(name).unwrapped());
    }

    boolean flag(String name) {
      try {
        return in(name).getBoolean("value");
      } catch (ConfigException notOne) {
        throw wrong(name, "must be on or off");
      }
    }

    long number(String name, long least, long most, boolean size) {
      long number = number(name, size, "must be an integer from " + least + " to " + most);
      if (number < least || number > most) {
        throw wrong(name, "must be an integer from " + least + " to " + most);
      }
      return number;
    }

    private long number(String name, boolean size, String rule) {
      if (!has(name)) {
        throw wrong(name, "is missing");
      }
      try {
        Object plain = member(name).unwrapped();
        boolean whole = plain instanceof Integer || plain instanceof Long;
        return whole || !size ? Long.parseLong(plain.toString()) : in(name).getBytes("value");
      } catch (NumberFormatException | ConfigException notOne) {
        throw wrong(name, size ? rule + ", or a size such as 10 MiB" : rule);
      }
    }

    private Config in(String name) {
      return ConfigFactory.empty().withValue("value", member(name));
    }

    private ConfigValue member(String name) {
      ConfigValue member = object().get(name);
      if (member == null) {
        throw wrong(name, "is missing");
      }
      return member;
    }

    ConfigException wrong(String rule) {
      return new ConfigException.BadValue(value.origin(), path, rule);
    }

    ConfigException wrong(String name, String rule) {
      return new ConfigException.BadValue(value.origin(), path + "." + name, rule);
    }
  }
}
