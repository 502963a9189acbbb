package io.erulb.rules.drawing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds how far to the right each cell is: near its neighbours above and below, in the order of its layer, without overlap.
 * The longest way down and the lanes insist most, so that they are straight. For one drawing.
 */
final class Placement {
    private static final int SWEEPS = 32;
    private static final double BETWEEN = 32;
    private static final double BETWEEN_LANES = 16;

    /** Further room on each side of a box with edges below, for what is said of them. */
    private static final double SAYINGS = 26;

    private final List<List<Cell>> layers;

    /** How many layers there are from each cell to the end of its longest way down. */
    private final Map<Cell, Integer> depths = new HashMap<>();

    private Placement(List<List<Cell>> layers) {
        this.layers = layers;
        for (int at = layers.size() - 1; at >= 0; at--) {
            for (Cell cell : layers.get(at)) {
                depths.put(
                        cell,
                        1 + cell.below.stream().mapToInt(depths::get).max().orElse(0));
            }
        }
    }

    /** Sets the place of each cell; the leftmost edge of all is at 0. */
    static void place(List<List<Cell>> layers) {
        Placement placement = new Placement(layers);
        for (List<Cell> layer : layers) {
            placement.spread(layer, new double[layer.size()]);
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            placement.sweep(sweep % 2 == 0, sweep >= SWEEPS / 4);
        }
        double left = layers.stream()
                .mapToDouble(layer -> layer.get(0).x - layer.get(0).width / 2)
                .min()
                .orElse(0);
        layers.forEach(layer -> layer.forEach(cell -> cell.x -= left));
    }

    private void sweep(boolean down, boolean both) {
        for (int at = 0; at < layers.size(); at++) {
            List<Cell> layer = layers.get(down ? at : layers.size() - 1 - at);
            double[] wanted = new double[layer.size()];
            for (int place = 0; place < wanted.length; place++) {
                wanted[place] = wanted(layer.get(place), down || both, !down || both);
            }
            spread(layer, wanted);
        }
    }

    private double wanted(Cell cell, boolean byAbove, boolean byBelow) {
        double sum = 0;
        double weights = 0;
        if (byAbove) {
            for (Cell above : cell.above) {
                double weight = weight(above, cell);
                sum += weight * above.x;
                weights += weight;
            }
        }
        if (byBelow) {
            for (Cell below : cell.below) {
                double weight = weight(cell, below);
                sum += weight * below.x;
                weights += weight;
            }
        }
        return weights == 0 ? cell.x : sum / weights;
    }

    private double weight(Cell upper, Cell lower) {
        if (upper.lane && lower.lane) {
            return 16;
        }
        boolean longest = depth(upper) == depth(lower) + 1;
        return longest && !lower.lane ? 4 : 1;
    }

    private int depth(Cell cell) {
        return depths.getOrDefault(cell, 0);
    }

    private void spread(List<Cell> layer, double[] wanted) {
        double[] weights = new double[wanted.length];
        double[] gaps = new double[wanted.length];
        for (int place = 0; place < wanted.length; place++) {
            Cell cell = layer.get(place);
            weights[place] = cell.lane ? 8 : depth(cell);
            gaps[place] = place == 0 ? 0 : gap(layer.get(place - 1), cell);
        }
        double[] places = Spacing.spread(wanted, weights, gaps);
        for (int place = 0; place < places.length; place++) {
            layer.get(place).x = places[place];
        }
    }

    private static double gap(Cell left, Cell right) {
        double between = left.lane && right.lane ? BETWEEN_LANES : BETWEEN;
        return (left.width + right.width) / 2 + between + sayings(left) + sayings(right);
    }

    private static double sayings(Cell cell) {
        return cell.lane || cell.below.isEmpty() ? 0 : SAYINGS;
    }
}
