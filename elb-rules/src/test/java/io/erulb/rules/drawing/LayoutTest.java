package io.erulb.rules.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.rules.drawing.Layers.Link;
import io.erulb.rules.drawing.Layout.Point;
import io.erulb.rules.drawing.Layout.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every layout, for boxes of any width and edges of any kind. */
class LayoutTest {
    private final List<Size> sizes = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();

    /** Up to a hundred boxes, most with two edges to later ones; some are out of reach. */
    private Layout random(Random random) {
        sizes.clear();
        links.clear();
        int count = 1 + random.nextInt(100);
        int reach = 1 + random.nextInt(count);
        for (int box = 0; box < count; box++) {
            sizes.add(new Size(38 + random.nextInt(260), random.nextInt(4) == 0 ? 20 : 48));
            for (int edge = 0; edge < 2 && box < count - 1 && random.nextInt(6) > 0; edge++) {
                links.add(new Link(box, Math.min(count - 1, box + 1 + random.nextInt(reach))));
            }
        }
        return Layout.of(sizes, links);
    }

    private double left(Layout layout, int box) {
        return layout.boxes().get(box).x() - sizes.get(box).width() / 2;
    }

    private double right(Layout layout, int box) {
        return layout.boxes().get(box).x() + sizes.get(box).width() / 2;
    }

    private double top(Layout layout, int box) {
        return layout.boxes().get(box).y();
    }

    private double bottom(Layout layout, int box) {
        return top(layout, box) + sizes.get(box).height();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void noBoxIsOverAnotherOrOutside(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            Layout layout = random(random);
            for (int box = 0; box < sizes.size(); box++) {
                assertThat(left(layout, box)).isGreaterThan(-0.001);
                assertThat(right(layout, box)).isLessThan(layout.width() + 0.001);
                assertThat(bottom(layout, box)).isLessThan(layout.height() + 0.001);
                for (int other = 0; other < box; other++) {
                    assertThat(right(layout, box) + 20 < left(layout, other)
                                    || right(layout, other) + 20 < left(layout, box)
                                    || bottom(layout, box) + 50 < top(layout, other)
                                    || bottom(layout, other) + 50 < top(layout, box))
                            .as("boxes %d and %d", box, other)
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void everyEdgeLeadsDownFromItsBoxToTheOtherPastAllBoxes(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            Layout layout = random(random);
            assertThat(layout.edges()).hasSameSizeAs(links);
            for (int edge = 0; edge < links.size(); edge++) {
                Link link = links.get(edge);
                List<Point> points = layout.edges().get(edge);
                Point last = points.get(points.size() - 1);
                assertThat(points.get(0).y()).isEqualTo(bottom(layout, link.from()));
                assertThat(points.get(0).x()).isBetween(left(layout, link.from()), right(layout, link.from()));
                assertThat(last.y()).isEqualTo(top(layout, link.to()));
                assertThat(last.x()).isBetween(left(layout, link.to()), right(layout, link.to()));
                for (int at = 1; at < points.size(); at++) {
                    assertThat(points.get(at).y())
                            .isGreaterThanOrEqualTo(points.get(at - 1).y());
                }
                passesAllBoxes(layout, points, link);
            }
        }
    }

    /** Each second piece passes a layer, straight down; between layers there are no boxes. */
    private void passesAllBoxes(Layout layout, List<Point> points, Link link) {
        for (int at = 1; at < points.size(); at += 2) {
            Point from = points.get(at - 1);
            Point to = points.get(at);
            assertThat(to.x()).isEqualTo(from.x());
            for (int box = 0; box < sizes.size(); box++) {
                boolean beside = from.x() < left(layout, box) - 10 || from.x() > right(layout, box) + 10;
                boolean elsewhere = to.y() < top(layout, box) || from.y() > bottom(layout, box);
                assertThat(box == link.from() || beside || elsewhere)
                        .as("%s by box %d", link, box)
                        .isTrue();
            }
        }
    }

    @Test
    void theSameIsLaidOutTheSame() {
        Random random = new Random(21);
        for (int i = 0; i < 20; i++) {
            Layout layout = random(random);

            assertThat(Layout.of(List.copyOf(sizes), List.copyOf(links))).isEqualTo(layout);
        }
    }

    @Test
    void aChainIsStraight() {
        for (int box = 0; box < 10; box++) {
            sizes.add(new Size(100 + 7 * box, 48));
            if (box > 0) {
                links.add(new Link(box - 1, box));
            }
        }

        Layout layout = Layout.of(sizes, links);

        assertThat(layout.edges())
                .allSatisfy(points -> assertThat(points)
                        .allSatisfy(point -> assertThat(Math.abs(
                                        point.x() - layout.boxes().get(0).x()))
                                .isLessThan(1)));
    }

    @Test
    void edgesOfATreeDoNotCross() {
        for (int box = 0; box < 31; box++) {
            sizes.add(new Size(40, 20));
            if (box > 0) {
                links.add(new Link((box - 1) / 2, box));
            }
        }

        Layout layout = Layout.of(sizes, links);

        for (Link one : links) {
            for (Link other : links) {
                if (layout.boxes().get(one.from()).y()
                        == layout.boxes().get(other.from()).y()) {
                    double above = layout.boxes().get(one.from()).x()
                            - layout.boxes().get(other.from()).x();
                    double below = layout.boxes().get(one.to()).x()
                            - layout.boxes().get(other.to()).x();
                    assertThat(above * below).isGreaterThanOrEqualTo(0);
                }
            }
        }
    }

    @Test
    void aGraphTooLargeForLanesIsLaidOutWithout() {
        for (int box = 0; box < 700; box++) {
            sizes.add(new Size(100, 48));
            links.add(new Link(box, box + 1));
            links.add(new Link(box, 700));
        }
        sizes.add(new Size(100, 48));

        Layout layout = Layout.of(sizes, links);

        assertThat(layout.edges().get(1)).hasSize(3);
        assertThat(layout.boxes()).hasSize(701);
    }
}
