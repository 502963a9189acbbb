package io.erulb.rules.drawing;

import io.erulb.rules.drawing.Layers.Link;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the boxes of a drawing are and how its edges run: in layers from top to bottom, none over another. The same for the
 * same boxes and edges. Immutable.
 *
 * @param boxes the middle of the top side of each, in their order
 * @param edges the points that each comes by, in their order: each two are the ends of a piece, straight down where it passes
 *     a layer
 */
record Layout(double width, double height, List<Point> boxes, List<List<Point>> edges) {
    private static final double LEAST_GAP = 76;
    private static final double MOST_GAP = 150;

    /** How much of a box's side edges keep away from its corners, and from each other. */
    private static final double CORNER = 18;

    private static final double BETWEEN_STARTS = 36;
    private static final double BETWEEN_ENDS = 14;

    /** From the upper left. */
    record Point(double x, double y) {}

    /** The size of a box. */
    record Size(double width, double height) {}

    static Layout of(List<Size> sizes, List<Link> links) {
        Layers layers = new Layers(sizes.stream().map(Size::width).toList(), links);
        Crossings.reduce(layers.all());
        Placement.place(layers.all());
        return new Making(sizes, links, layers).layout();
    }

    /** Turns places into points. For one layout. */
    private static final class Making {
        private final List<Size> sizes;
        private final List<Link> links;
        private final Layers layers;
        private final double[] tops;
        private final double[] bottoms;

        Making(List<Size> sizes, List<Link> links, Layers layers) {
            this.sizes = sizes;
            this.links = links;
            this.layers = layers;
            int count = layers.all().size();
            this.tops = new double[count];
            this.bottoms = new double[count];
            for (int box = 0; box < sizes.size(); box++) {
                int layer = layers.boxes().get(box).layer;
                bottoms[layer] = Math.max(bottoms[layer], sizes.get(box).height);
            }
            for (int layer = 1; layer < count; layer++) {
                tops[layer] = bottoms[layer - 1] + gapAbove(layers.all().get(layer));
                bottoms[layer] += tops[layer];
            }
        }

        /** The farther edges go aside, the more room they have to do so. */
        private static double gapAbove(List<Cell> layer) {
            double aside = 0;
            for (Cell cell : layer) {
                for (Cell above : cell.above) {
                    aside = Math.max(aside, Math.abs(cell.x - above.x));
                }
            }
            return Math.min(MOST_GAP, LEAST_GAP + aside / 8);
        }

        Layout layout() {
            List<Point> boxes = new ArrayList<>();
            for (Cell box : layers.boxes()) {
                boxes.add(new Point(box.x, tops[box.layer]));
            }
            double width = layers.all().stream()
                    .map(layer -> layer.get(layer.size() - 1))
                    .mapToDouble(last -> last.x + last.width / 2)
                    .max()
                    .orElse(0);
            return new Layout(width, bottoms[bottoms.length - 1], List.copyOf(boxes), edges());
        }

        private List<List<Point>> edges() {
            double[] starts = starts();
            double[] ends = ends(starts);
            List<List<Point>> edges = new ArrayList<>();
            for (int edge = 0; edge < links.size(); edge++) {
                List<Cell> route = layers.routes().get(edge);
                Cell from = route.get(0);
                List<Point> points = new ArrayList<>();
                points.add(new Point(
                        starts[edge],
                        tops[from.layer] + sizes.get(links.get(edge).from()).height));
                points.add(new Point(starts[edge], bottoms[from.layer]));
                for (Cell lane : route.subList(1, route.size() - 1)) {
                    points.add(new Point(lane.x, tops[lane.layer]));
                    points.add(new Point(lane.x, bottoms[lane.layer]));
                }
                points.add(new Point(ends[edge], tops[route.get(route.size() - 1).layer]));
                edges.add(List.copyOf(points));
            }
            return List.copyOf(edges);
        }

        /** Where edges leave their boxes: above where they go first. */
        private double[] starts() {
            double[] wanted = new double[links.size()];
            Map<Integer, List<Integer>> byBox = new HashMap<>();
            for (int edge = 0; edge < wanted.length; edge++) {
                wanted[edge] = layers.routes().get(edge).get(1).x;
                byBox.computeIfAbsent(links.get(edge).from(), box -> new ArrayList<>())
                        .add(edge);
            }
            byBox.forEach((box, edges) -> spread(box, edges, wanted, BETWEEN_STARTS));
            return wanted;
        }

        /** Where edges come to their boxes: below where they were last. Those that come by the same lane end together. */
        private double[] ends(double[] starts) {
            double[] wanted = new double[links.size()];
            Map<Integer, List<Integer>> byBox = new HashMap<>();
            Map<Cell, Integer> firstByLane = new HashMap<>();
            for (int edge = 0; edge < wanted.length; edge++) {
                List<Cell> route = layers.routes().get(edge);
                Cell last = route.get(route.size() - 2);
                wanted[edge] = last.lane ? last.x : starts[edge];
                if (!last.lane || firstByLane.putIfAbsent(last, edge) == null) {
                    byBox.computeIfAbsent(links.get(edge).to(), box -> new ArrayList<>())
                            .add(edge);
                }
            }
            byBox.forEach((box, edges) -> spread(box, edges, wanted, BETWEEN_ENDS));
            for (int edge = 0; edge < wanted.length; edge++) {
                List<Cell> route = layers.routes().get(edge);
                wanted[edge] = wanted[firstByLane.getOrDefault(route.get(route.size() - 2), edge)];
            }
            return wanted;
        }

        /** Keeps the ends of edges on their box's side, and apart as far as it is wide enough. */
        private void spread(int box, List<Integer> edges, double[] wanted, double apart) {
            Cell cell = layers.boxes().get(box);
            double half = Math.max(0, cell.width / 2 - CORNER);
            double gap = Math.min(apart, 2 * half / Math.max(1, edges.size() - 1));
            edges.sort((one, other) -> Double.compare(wanted[one], wanted[other]));
            int count = edges.size();
            double[] places = new double[count];
            double[] weights = new double[count];
            double[] gaps = new double[count];
            for (int at = 0; at < count; at++) {
                double place = wanted[edges.get(at)];
                double least = cell.x - half + at * gap;
                double most = cell.x + half - (count - 1 - at) * gap;
                places[at] = Math.max(least, Math.min(most, place));
                weights[at] = Math.abs(place - cell.x) < 1 ? 100 : 1;
                gaps[at] = gap;
            }
            double[] spread = Spacing.spread(places, weights, gaps);
            for (int at = 0; at < count; at++) {
                wanted[edges.get(at)] = spread[at];
            }
        }
    }
}
