package io.erulb.store.etcd;

import io.grpc.Status;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Says for people why etcd didn't do something. No instances. */
final class EtcdErrors {

    private static final String FROM_SERVER = "etcdserver: ";

    private EtcdErrors() {}

    /** Returns the reason in a few words. */
    static String reason(Throwable error) {
        String said = saidByServer(error);
        if (said != null) {
            return hint(said);
        }
        return switch (code(error)) {
            case DEADLINE_EXCEEDED -> "no answer in time";
            case UNAVAILABLE -> "can't be reached (" + deepest(error) + ")";
            default -> deepest(error);
        };
    }

    /** Returns whether the request may have been carried out all the same. */
    static boolean isOutcomeUnknown(Throwable error) {
        return switch (code(error)) {
            case DEADLINE_EXCEEDED, UNAVAILABLE, UNKNOWN, INTERNAL, CANCELLED -> saidByServer(error) == null;
            default -> false;
        };
    }

    /** Returns whether the connection, rather than the request, is at fault. */
    static boolean isConnectionFault(Throwable error) {
        return switch (code(error)) {
            case DEADLINE_EXCEEDED, UNAVAILABLE, INTERNAL, CANCELLED -> true;
            default -> false;
        };
    }

    /** Returns the status code, that of a missed deadline for our own time-out. */
    static Status.Code code(Throwable error) {
        return unwrapped(error) instanceof TimeoutException
                ? Status.Code.DEADLINE_EXCEEDED
                : Status.fromThrowable(error).getCode();
    }

    /** Returns the words of etcd itself, without its usual first word, or null when it said nothing. */
    static @Nullable String saidByServer(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            int at = message == null ? -1 : message.indexOf(FROM_SERVER);
            if (message != null && at >= 0) {
                return message.substring(at + FROM_SERVER.length());
            }
        }
        return null;
    }

    private static Throwable unwrapped(Throwable error) {
        Throwable cause = error.getCause();
        return error instanceof ExecutionException && cause != null ? cause : error;
    }

    private static String hint(String said) {
        return said.equals("user name is empty") ? said + " (etcd asks for a user and a password)" : said;
    }

    private static String deepest(Throwable error) {
        Throwable deepest = error;
        for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
            deepest = cause;
        }
        String message = deepest.getMessage();
        return message == null ? deepest.getClass().getSimpleName() : message;
    }
}
