import java.util.Arrays;
import java.util.Locale;

/** Times that were measured, sorted. In nanoseconds; answers are in milliseconds. */
record Times(long[] nanos) {
    static Times of(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Times(sorted);
    }

    double median() {
        return at(0.5);
    }

    double worst() {
        return at(1);
    }

    private double at(double share) {
        return nanos[(int) ((nanos.length - 1) * share)] / 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "median %.1f ms, p99 %.1f ms, worst %.1f ms of %,d",
                median(),
                at(0.99),
                worst(),
                nanos.length);
    }
}
