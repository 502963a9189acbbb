package io.erulb.proxy.http1.server;

import io.erulb.proxy.http1.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The forms of a request's target (RFC 9112 3.2): where its authority, path and query lie. An authority is empty but in
 * absolute form; a path may be empty there, too.
 */
final class TargetForm {
    private int authorityFrom;
    private int authorityTo;
    private int pathFrom;
    private int queryFrom;
    private int end;

    /** Takes a target apart; returns what is wrong with it, null when nothing is. */
    @Nullable
    Refusal take(RequestHead head, int from, int to) {
        byte[] bytes = head.bytes;
        authorityFrom = from;
        authorityTo = from;
        pathFrom = from;
        end = to;
        if (bytes[from] == '*' && to - from == 1) {
            queryFrom = to;
            return head.isMethod("OPTIONS") ? null : Refusal.badRequest("The target * is for OPTIONS only.");
        }
        Refusal wrong = bytes[from] == '/' ? null : absolute(bytes, from, to);
        findQuery(bytes);
        return wrong;
    }

    private @Nullable Refusal absolute(byte[] bytes, int from, int to) {
        if (Bytes.startsIgnoringCase(bytes, from, to, "http://")) {
            authorityFrom = from + 7;
        } else if (Bytes.startsIgnoringCase(bytes, from, to, "https://")) {
            authorityFrom = from + 8;
        } else {
            return Refusal.badRequest("The target is neither a path nor an http URI.");
        }
        int at = authorityFrom;
        while (at < to && bytes[at] != '/' && bytes[at] != '?') {
            at++;
        }
        authorityTo = at;
        pathFrom = at;
        return HostField.isValid(bytes, authorityFrom, authorityTo)
                ? null
                : Refusal.badRequest("The target's authority is malformed.");
    }

    private void findQuery(byte[] bytes) {
        int at = pathFrom;
        while (at < end && bytes[at] != '?') {
            at++;
        }
        queryFrom = at;
    }

    boolean hasAuthority() {
        return authorityTo > authorityFrom;
    }

    String authority(byte[] bytes) {
        return Bytes.text(bytes, authorityFrom, authorityTo);
    }

    /** The path as sent; where an absolute target has none, {@code *} for OPTIONS (RFC 9112 3.2.4), else {@code /}. */
    String path(RequestHead head) {
        if (queryFrom > pathFrom) {
            return Bytes.text(head.bytes, pathFrom, queryFrom);
        }
        return hasQuery() || !head.isMethod("OPTIONS") ? "/" : "*";
    }

    /** Whether there is a question mark, be it with nothing behind it. */
    boolean hasQuery() {
        return queryFrom < end;
    }

    /** The query as sent, without the question mark. */
    String query(byte[] bytes) {
        return end - queryFrom > 1 ? Bytes.text(bytes, queryFrom + 1, end) : "";
    }
}
