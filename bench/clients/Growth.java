import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Looks at the server at equal intervals, and whether it grew: the medians of the last and of the first third of the looks,
 * without those of the first quarter, in which the server warms up.
 */
final class Growth {
    private static final double MOST_FACTOR = 1.05;

    private final List<Look> looks = new ArrayList<>();

    /** The server at one time: what is alive in its heap and resident, in MiB, threads and descriptors. */
    record Look(double heap, double resident, double threads, double descriptors) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.2f MiB heap, %.0f MiB resident, %.0f threads, %.0f descriptors",
                    heap,
                    resident,
                    threads,
                    descriptors);
        }
    }

    Look look(Elb elb) throws Exception {
        Memory memory = elb.memory();
        Look look = new Look(memory.heapKib() / 1024.0, memory.rssKib() / 1024.0, elb.threads(), elb.descriptors());
        looks.add(look);
        return look;
    }

    void report(Report report) {
        judge(report, "live heap, MiB", Look::heap, 0.5);
        judge(report, "threads", Look::threads, 2);
        judge(report, "descriptors", Look::descriptors, 10);
        List<Look> settled = looks.subList(looks.size() / 4, looks.size());
        int third = settled.size() / 3;
        report.note(
                "churn: resident, MiB",
                "%.1f in the first third, %.1f in the last",
                median(settled.subList(0, third), Look::resident),
                median(settled.subList(settled.size() - third, settled.size()), Look::resident));
    }

    private void judge(Report report, String what, ToDoubleFunction<Look> figure, double slack) {
        List<Look> settled = looks.subList(looks.size() / 4, looks.size());
        int third = settled.size() / 3;
        double first = median(settled.subList(0, third), figure);
        double last = median(settled.subList(settled.size() - third, settled.size()), figure);
        report.promise(
                String.format(Locale.ROOT, "churn: %s, grew by at most 5 %% and %.1f", what, slack),
                String.format(Locale.ROOT, "%.2f in the first third, %.2f in the last", first, last),
                last <= first * MOST_FACTOR + slack);
    }

    private static double median(List<Look> some, ToDoubleFunction<Look> figure) {
        double[] sorted = some.stream().mapToDouble(figure).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
