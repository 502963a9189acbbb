package io.erulb.rules.drawing;

/**
 * Puts things in a row, in their order and without overlap, as near as can be to where each wants to be: the least sum of
 * weighted squares of distances. Those that get in each other's way are pooled, and settle around the mean of their wishes.
 */
final class Spacing {
    private Spacing() {}

    /**
     * The places.
     *
     * @param wanted where each would be alone
     * @param weights how much it insists, above zero
     * @param gaps the least distance of each from the one before; the first is of no account
     */
    static double[] spread(double[] wanted, double[] weights, double[] gaps) {
        int count = wanted.length;
        double[] offsets = new double[count];
        double[] means = new double[count];
        double[] sums = new double[count];
        int[] starts = new int[count + 1];
        int pools = 0;
        for (int at = 0; at < count; at++) {
            offsets[at] = at == 0 ? 0 : offsets[at - 1] + gaps[at];
            means[pools] = wanted[at] - offsets[at];
            sums[pools] = weights[at];
            starts[pools++] = at;
            while (pools > 1 && means[pools - 2] > means[pools - 1]) {
                pools--;
                double both = sums[pools - 1] + sums[pools];
                means[pools - 1] = (means[pools - 1] * sums[pools - 1] + means[pools] * sums[pools]) / both;
                sums[pools - 1] = both;
            }
        }
        starts[pools] = count;
        double[] places = new double[count];
        for (int pool = 0; pool < pools; pool++) {
            for (int at = starts[pool]; at < starts[pool + 1]; at++) {
                places[at] = means[pool] + offsets[at];
            }
        }
        return places;
    }
}
