package io.erulb.rules.drawing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Boxes in layers, so that each edge leads downwards: a box is as far below the first one as the longest way there. An edge
 * that passes layers does so by lanes, which it shares with the others to the same box. For one drawing.
 */
final class Layers {
    /** How many layers all edges together may pass by lanes; those of a larger graph lead straight across. */
    private static final int MOST_PASSED = 150_000;

    private final List<Cell> boxes = new ArrayList<>();
    private final List<List<Integer>> next = new ArrayList<>();
    private final List<List<Integer>> previous = new ArrayList<>();
    private final List<List<Cell>> layers = new ArrayList<>();
    private final List<List<Cell>> routes = new ArrayList<>();

    /** An edge between boxes by their numbers. */
    record Link(int from, int to) {}

    /**
     * Boxes and edges without a cycle.
     *
     * @param widths of the boxes; the first one is where everything starts
     */
    Layers(List<Double> widths, List<Link> links) {
        for (double width : widths) {
            boxes.add(Cell.box(width));
            next.add(new ArrayList<>());
            previous.add(new ArrayList<>());
        }
        for (Link link : links) {
            next.get(link.from).add(link.to);
            previous.get(link.to).add(link.from);
        }
        assignLayers();
        List<List<Cell>> lanes = lanes(links);
        for (Link link : links) {
            routes.add(route(boxes.get(link.from), boxes.get(link.to), lanes.get(link.to)));
        }
        fill();
    }

    private void assignLayers() {
        List<Integer> order = topological();
        for (int box : order) {
            for (int to : next.get(box)) {
                boxes.get(to).layer = Math.max(boxes.get(to).layer, boxes.get(box).layer + 1);
            }
        }
        for (int at = order.size() - 1; at >= 0; at--) {
            int box = order.get(at);
            if (box != 0 && previous.get(box).isEmpty() && !next.get(box).isEmpty()) {
                boxes.get(box).layer = next.get(box).stream()
                                .mapToInt(to -> boxes.get(to).layer)
                                .min()
                                .orElseThrow()
                        - 1;
            }
        }
    }

    private List<Integer> topological() {
        List<Integer> order = new ArrayList<>();
        int[] waiting = new int[boxes.size()];
        for (int box = 0; box < waiting.length; box++) {
            waiting[box] = previous.get(box).size();
            if (waiting[box] == 0) {
                order.add(box);
            }
        }
        for (int at = 0; at < order.size(); at++) {
            for (int to : next.get(order.get(at))) {
                if (--waiting[to] == 0) {
                    order.add(to);
                }
            }
        }
        return order;
    }

    /** The lanes that lead to each box, the lowest last. */
    private List<List<Cell>> lanes(List<Link> links) {
        int[] counts = new int[boxes.size()];
        long passed = 0;
        for (Link link : links) {
            int between = boxes.get(link.to).layer - boxes.get(link.from).layer - 1;
            counts[link.to] = Math.max(counts[link.to], between);
            passed += between;
        }
        List<List<Cell>> lanes = new ArrayList<>();
        for (int box = 0; box < counts.length; box++) {
            lanes.add(passed > MOST_PASSED ? List.of() : lanesTo(boxes.get(box), counts[box]));
        }
        return lanes;
    }

    private static List<Cell> lanesTo(Cell box, int count) {
        List<Cell> lanes = new ArrayList<>();
        for (int above = count; above > 0; above--) {
            Cell lane = Cell.lane();
            lane.layer = box.layer - above;
            if (!lanes.isEmpty()) {
                lanes.get(lanes.size() - 1).leadTo(lane);
            }
            lanes.add(lane);
        }
        if (count > 0) {
            lanes.get(count - 1).leadTo(box);
        }
        return lanes;
    }

    private static List<Cell> route(Cell from, Cell to, List<Cell> lanes) {
        int passed = Math.min(to.layer - from.layer - 1, lanes.size());
        List<Cell> route = new ArrayList<>(List.of(from));
        route.addAll(lanes.subList(lanes.size() - passed, lanes.size()));
        route.add(to);
        if (route.get(1).layer == from.layer + 1) {
            from.leadTo(route.get(1));
        }
        return route;
    }

    /** Layer by layer in the order of a walk that keeps to the left. */
    private void fill() {
        Set<Cell> seen = new HashSet<>();
        Deque<Cell> open = new ArrayDeque<>(boxes);
        for (Cell cell = open.poll(); cell != null; cell = open.poll()) {
            if (seen.add(cell)) {
                while (layers.size() <= cell.layer) {
                    layers.add(new ArrayList<>());
                }
                layers.get(cell.layer).add(cell);
                for (int at = cell.below.size() - 1; at >= 0; at--) {
                    open.push(cell.below.get(at));
                }
            }
        }
    }

    /** The cells of each layer, the top one first. */
    List<List<Cell>> all() {
        return layers;
    }

    /** The cell of each box. */
    List<Cell> boxes() {
        return boxes;
    }

    /** The cells that each edge comes by, from box to box. */
    List<List<Cell>> routes() {
        return routes;
    }
}
