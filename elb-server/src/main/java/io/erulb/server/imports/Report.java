package io.erulb.server.imports;

import io.erulb.rules.RuleSet;
import io.erulb.rules.RuleSetException;
import io.erulb.server.imports.Plan.Fate;
import io.erulb.server.imports.Plan.Line;
import io.erulb.store.ConfigKey;
import io.erulb.store.ConfigKey.DomainKey;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Prints a plan for people, a line for each thing. For one thread. */
final class Report {
    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    /** Prints keys, faults, warnings and a count. */
    void print(Plan plan) {
        plan.lines().forEach(this::print);
        printAll("Faults, which can't be taken over:", plan.faults());
        printAll("Warnings:", plan.warnings());
        out.println();
        say(count(plan.count(Fate.NEW), "key") + " new, " + plan.count(Fate.DIFFERS) + " different, "
                + plan.count(Fate.SAME) + " the same, " + plan.count(Fate.REFUSED) + " refused; "
                + count(plan.faults().size(), "fault") + ", "
                + count(plan.warnings().size(), "warning") + ".");
    }

    /** Prints a line; what is not printable in it is escaped, as it may come from anywhere. */
    void say(String line) {
        StringBuilder safe = new StringBuilder();
        line.chars().forEach(c -> {
            if (Character.isISOControl(c)) {
                safe.append(c == '\n' ? "\\n" : String.format("\\u%04x", c));
            } else {
                safe.append((char) c);
            }
        });
        out.println(safe);
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private void print(Line line) {
        String stored = line.stored();
        say(String.format(
                "%-8s %s  %s",
                line.fate().name().toLowerCase(Locale.ROOT), line.key(), shown(line.key(), line.value())));
        if (stored != null && !stored.equals(line.value())) {
            say("         in the store: " + shown(line.key(), stored));
        }
    }

    private void printAll(String title, List<String> sentences) {
        if (!sentences.isEmpty()) {
            out.println();
            say(title);
            sentences.stream().flatMap(String::lines).forEach(line -> say("  " + line));
        }
    }

    /** On one line: documents without their layout, parameters in quotes, as they are often empty. */
    private static String shown(ConfigKey key, String value) {
        if (key instanceof DomainKey) {
            try {
                return RuleSet.parse(value).toJson();
            } catch (RuleSetException faulty) {
                return value;
            }
        }
        return '"' + value + '"';
    }
}
