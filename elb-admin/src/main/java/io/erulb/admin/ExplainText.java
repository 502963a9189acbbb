package io.erulb.admin;

import io.erulb.routing.Target;
import io.erulb.rules.Decision.Forward;
import io.erulb.rules.Decision.Reject;
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
        if (explained.domain() != null && explained.explanation() != null) {
            String name = explained.domain().name();
            long revision = explained.table().sourceRevision();
            line("domain %s (%s), revision %d", name, explained.matched(), revision);
            text.append(explained.explanation().toText());
        } else if (explained.decision() instanceof Reject reject) {
            line("=> %d: %s", reject.status(), reject.reason());
        }
        if (explained.decision() instanceof Forward) {
            servers(explained.target());
        }
        return text.toString();
    }

    private void line(String format, @Nullable Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
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
