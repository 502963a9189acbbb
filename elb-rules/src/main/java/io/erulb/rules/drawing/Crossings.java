package io.erulb.rules.drawing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Orders the cells of layers so that few edges cross: each goes to the mean place of its neighbours, down and up in turn. */
final class Crossings {
    private static final int SWEEPS = 24;
    private static final int MANY_CELLS = 20_000;

    private final List<List<Cell>> layers;

    private Crossings(List<List<Cell>> layers) {
        this.layers = layers;
    }

    /** Leaves the cells of each layer in the best order that was found. */
    static void reduce(List<List<Cell>> layers) {
        Crossings crossings = new Crossings(layers);
        crossings.number();
        int cells = layers.stream().mapToInt(List::size).sum();
        crossings.sweep(cells > MANY_CELLS ? 2 : SWEEPS);
    }

    private void number() {
        for (List<Cell> layer : layers) {
            for (int order = 0; order < layer.size(); order++) {
                layer.get(order).order = order;
            }
        }
    }

    private void sweep(int times) {
        List<List<Cell>> best = copy();
        long fewest = count();
        for (int time = 0; time < times && fewest > 0; time++) {
            boolean down = time % 2 == 0;
            for (int at = 0; at < layers.size(); at++) {
                sort(layers.get(down ? at : layers.size() - 1 - at), down);
            }
            long count = count();
            if (count < fewest) {
                fewest = count;
                best = copy();
            }
        }
        for (int at = 0; at < layers.size(); at++) {
            layers.get(at).clear();
            layers.get(at).addAll(best.get(at));
        }
        number();
    }

    private List<List<Cell>> copy() {
        List<List<Cell>> copy = new ArrayList<>();
        layers.forEach(layer -> copy.add(List.copyOf(layer)));
        return copy;
    }

    private static void sort(List<Cell> layer, boolean down) {
        double[] means = new double[layer.size()];
        for (Cell cell : layer) {
            means[cell.order] = (down ? cell.above : cell.below)
                    .stream().mapToInt(other -> other.order).average().orElse(cell.order);
        }
        layer.sort(Comparator.comparingDouble(cell -> means[cell.order]));
        for (int order = 0; order < layer.size(); order++) {
            layer.get(order).order = order;
        }
    }

    private long count() {
        long count = 0;
        for (int at = 1; at < layers.size(); at++) {
            count += between(layers.get(at - 1), layers.get(at).size());
        }
        return count;
    }

    /** Pairs of edges of which one begins to the left of the other and ends to its right, by a tree of sums of ends. */
    private static long between(List<Cell> upper, int lowerSize) {
        long[] ends = new long[lowerSize + 1];
        long crossings = 0;
        long before = 0;
        for (Cell cell : upper) {
            int[] orders = cell.below.stream().mapToInt(other -> other.order).toArray();
            for (int order : orders) {
                crossings += before - upTo(ends, order);
            }
            for (int order : orders) {
                add(ends, order);
            }
            before += orders.length;
        }
        return crossings;
    }

    private static long upTo(long[] tree, int order) {
        long sum = 0;
        for (int at = order + 1; at > 0; at -= at & -at) {
            sum += tree[at];
        }
        return sum;
    }

    private static void add(long[] tree, int order) {
        for (int at = order + 1; at < tree.length; at += at & -at) {
            tree[at]++;
        }
    }
}
