import java.util.Locale;

/** Lines of figures, and of promises with what was seen. */
final class Report {
    private boolean failed;

    void promise(String promise, String figure, boolean kept) {
        failed |= !kept;
        System.out.printf("%-4s  %s: %s%n", kept ? "PASS" : "FAIL", promise, figure);
    }

    /** A figure that nothing was promised of. */
    void note(String what, String format, Object... figures) {
        System.out.printf("      %s: %s%n", what, String.format(Locale.ROOT, format, figures));
    }

    boolean failed() {
        return failed;
    }
}
