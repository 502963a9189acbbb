package io.erulb.admin;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import io.erulb.routing.PastChange;
import io.erulb.routing.PastChange.Edit;
import io.erulb.routing.RoutingFault.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes as people read them: documents laid out in lines, and the lines that differ. */
final class ChangeText {
    private static final int CONTEXT = 3;
    private static final int HEADER_LINES = 2;

    private ChangeText() {}

    /** A page for a terminal. */
    static String of(PastChange change) {
        StringBuilder text = new StringBuilder();
        text.append(change.id())
                .append("  ")
                .append(change.at())
                .append("  by ")
                .append(change.author().by());
        text.append(change.stored() ? "" : ", in memory alone").append('\n');
        if (!change.author().message().isEmpty()) {
            text.append("    ").append(change.author().message()).append('\n');
        }
        for (Edit edit : change.edits()) {
            text.append('\n')
                    .append(place(edit))
                    .append(": ")
                    .append(what(edit))
                    .append('\n');
            diff(edit).forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    private static String place(Edit edit) {
        String whole = edit.kind().word() + ' ' + edit.name();
        return edit.server() == null ? whole : whole + ", " + edit.kind().partWord() + ' ' + edit.server();
    }

    private static String what(Edit edit) {
        return edit.before() == null ? "added" : edit.after() == null ? "removed" : "changed";
    }

    /** The lines that differ, in the form of {@code diff -u} without its head. */
    static List<String> diff(Edit edit) {
        List<String> before = lines(edit, edit.before());
        List<String> after = lines(edit, edit.after());
        List<String> diff =
                UnifiedDiffUtils.generateUnifiedDiff("before", "after", before, DiffUtils.diff(before, after), CONTEXT);
        return diff.size() <= HEADER_LINES ? List.of() : diff.subList(HEADER_LINES, diff.size());
    }

    private static List<String> lines(Edit edit, @Nullable String value) {
        if (value == null) {
            return List.of();
        }
        boolean document = edit.kind() != Kind.UPSTREAM && StrictJson.isJson(value);
        return (document ? StrictJson.laidOut(value) : value).lines().toList();
    }
}
