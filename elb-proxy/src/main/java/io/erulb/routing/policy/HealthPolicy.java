package io.erulb.routing.policy;

import io.erulb.upstream.EjectionRule;
import io.erulb.upstream.EjectionRule.SuccessRate;
import io.erulb.upstream.HealthOptions;
import io.erulb.upstream.HealthOptions.Checks;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The sections {@code check} and {@code ejection}, {@code slow_start} and {@code panic_percent}. Immutable. */
record HealthPolicy(@Nullable CheckPolicy check, HealthOptions options) {
    static final HealthPolicy NONE = new HealthPolicy(null, HealthOptions.defaults());

    private static final int ALL = 100;
    private static final int MANY = 1_000_000;

    static HealthPolicy read(PolicyArgs args) {
        CheckPolicy check = CheckPolicy.read(args.object("check"));
        HealthOptions options = new HealthOptions(
                check == null ? Checks.NONE : check.untilChecked(),
                ejection(args.object("ejection")),
                args.integer("panic_percent", 0, 0, ALL),
                args.time("slow_start", Duration.ZERO));
        return new HealthPolicy(check, options);
    }

    private static @Nullable EjectionRule ejection(@Nullable PolicyArgs section) {
        if (section == null) {
            return null;
        }
        EjectionRule usual = EjectionRule.defaults();
        EjectionRule rule = new EjectionRule(
                section.integer("errors", usual.consecutiveErrors(), 0, MANY),
                section.integer("gateway_errors", usual.consecutiveGatewayErrors(), 0, MANY),
                successRate(section.object("success_rate")),
                section.time("interval", usual.interval()),
                section.time("time", usual.time()),
                section.time("max_time", usual.most()),
                section.integer("max_percent", usual.maxPercent(), 1, ALL));
        if (rule.most().compareTo(rule.time()) < 0) {
            section.fault(
                    "max_time",
                    "expected: at least the time of the first ejection, "
                            + rule.time().toMillis() + "ms");
        }
        return rule;
    }

    private static SuccessRate successRate(@Nullable PolicyArgs section) {
        SuccessRate usual = SuccessRate.USUAL;
        return section == null
                ? usual
                : new SuccessRate(
                        section.number("deviations", usual.deviations(), 0, ALL),
                        section.integer("min_servers", usual.minServers(), 1, MANY),
                        section.integer("min_requests", usual.minRequests(), 1, MANY));
    }
}
