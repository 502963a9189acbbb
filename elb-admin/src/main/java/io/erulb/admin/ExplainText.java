package io.erulb.admin;

import io.erulb.routing.Target;
import io.erulb.rules.Decision.Forward;
import io.erulb.rules.Decision.Reject;
import io.erulb.upstream.Peer;
import java.util.List;
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
        line(explained.request() + " from " + explained.request().client().getHostAddress());
        if (explained.domain() != null && explained.explanation() != null) {
            String name = explained.domain().name();
            long revision = explained.table().sourceRevision();
            line("domain " + name + " (" + explained.matched() + "), revision " + revision);
            text.append(explained.explanation().toText());
        } else if (explained.decision() instanceof Reject reject) {
            line("=> " + reject.status() + ": " + reject.reason());
        }
        if (explained.decision() instanceof Forward) {
            servers(explained.target());
        }
        if (explained.logged() != null) {
            since(explained.logged(), Since.of(explained, explained.logged()));
        }
        return text.toString();
    }

    private void since(LoggedRequest logged, Since since) {
        String way = logged.path().isEmpty() ? "no way" : logged.path();
        line("logged: " + way + (since.same() ? ", the same" : ", which is not the same"));
        since.notes().forEach(note -> line("   " + note));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void servers(@Nullable Target target) {
        if (target == null) {
            line("   503: the upstream is not known");
            return;
        }
        for (Peer peer : target.live().peers()) {
            Candidacy candidacy = Candidacy.of(target.live(), peer);
            String why = candidacy.why().isEmpty() ? "" : " (" + candidacy.why() + ")";
            String fate = candidacy.is() ? " may get it" : " will not get it";
            line("   " + ServerJson.text(peer.address()) + fate + why);
        }
    }
}
