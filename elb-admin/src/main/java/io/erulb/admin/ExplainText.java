package io.erulb.admin;

import io.erulb.routing.Target;
import io.erulb.rules.Decision;
import io.erulb.rules.Explanation.Outcome;
import io.erulb.rules.Explanation.Step;
import io.erulb.rules.HeaderField;
import io.erulb.rules.UriPath;
import io.erulb.upstream.Peer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Explanations as a page for a terminal. */
final class ExplainText {
    private final StringBuilder text = new StringBuilder();

    private ExplainText() {}

    static String of(List<Explained> all) {
        return all.stream().map(each -> new ExplainText().page(each)).collect(Collectors.joining("\n"));
    }

    private String page(Explained explained) {
        line("%s from %s", explained.request(), explained.request().client().getHostAddress());
        if (explained.domain() != null) {
            line(
                    "domain %s (%s), revision %d",
                    explained.domain().name(),
                    explained.matched(),
                    explained.table().sourceRevision());
        }
        int width = explained.steps().stream()
                .mapToInt(step -> step.rule().length() + step.type().length())
                .max()
                .orElse(0);
        explained.steps().forEach(step -> step(step, width));
        decision(explained);
        return text.toString();
    }

    private void line(String format, @Nullable Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private void step(Step step, int width) {
        String name = step.rule() + " " + step.type();
        if (step.outcome() == Outcome.DECIDED) {
            line("  %s", name);
            return;
        }
        String seen = step.seen() == null ? "nothing" : "\"" + step.seen() + "\"";
        line("  %-" + (width + 1) + "s  %s %s \"%s\"%s", name, seen, relation(step), step.expected(), edge(step));
        if (!step.captures().isEmpty()) {
            line("  %" + (width + 1) + "s  captures %s", "", step.captures());
        }
        if (step.rewritten() != null) {
            line("  %" + (width + 1) + "s  path is %s from here on", "", step.rewritten());
        }
    }

    private static String relation(Step step) {
        return switch (step.outcome()) {
            case MATCHED -> "matches";
            case GAVE_UP -> "took too many steps to be compared with";
            case FAILED -> "made the filter fail, with";
            default -> "does not match";
        };
    }

    private static String edge(Step step) {
        if (step.edge() == null) {
            return "";
        }
        return ", " + step.edge() + " -> " + (step.next() == null ? "nowhere" : step.next());
    }

    private void decision(Explained explained) {
        Decision decision = explained.decision();
        if (decision instanceof Decision.Forward forward) {
            line("=> upstream %s, path %s", forward.upstream(), UriPath.encode(explained.path(forward)));
            headers(forward.headers());
            servers(explained.target());
        } else if (decision instanceof Decision.Redirect redirect) {
            line("=> %d to %s", redirect.status(), redirect.location());
        } else if (decision instanceof Decision.Respond respond) {
            line("=> %d", respond.status());
            headers(respond.headers());
        } else if (decision instanceof Decision.Reject reject) {
            line("=> %d: %s", reject.status(), reject.reason());
        }
    }

    private void headers(List<HeaderField> headers) {
        headers.forEach(header -> line("   %s: %s", header.name(), String.join(", ", header.values())));
    }

    private void servers(@Nullable Target target) {
        if (target == null) {
            line("   503: the upstream is not known");
            return;
        }
        for (Peer peer : target.live().peers()) {
            Candidacy candidacy = Candidacy.of(target.live(), peer);
            String why = candidacy.why().isEmpty() ? "" : " (" + candidacy.why() + ")";
            line("   %s %s%s", ServerJson.text(peer.address()), candidacy.is() ? "may get it" : "will not get it", why);
        }
    }
}
