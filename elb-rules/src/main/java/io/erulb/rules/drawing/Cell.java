package io.erulb.rules.drawing;

import java.util.ArrayList;
import java.util.List;

/** A place in a layer: a box, or a lane by which edges to a box farther below pass the layer. Filled in step by step. */
final class Cell {
    final double width;
    final boolean lane;
    final List<Cell> above = new ArrayList<>();
    final List<Cell> below = new ArrayList<>();
    int layer;

    /** From the left, 0 first. */
    int order;

    /** Of its middle. */
    double x;

    private Cell(double width, boolean lane) {
        this.width = width;
        this.lane = lane;
    }

    static Cell box(double width) {
        return new Cell(width, false);
    }

    static Cell lane() {
        return new Cell(0, true);
    }

    /** Leads an edge to a cell of the next layer. */
    void leadTo(Cell next) {
        below.add(next);
        next.above.add(this);
    }
}
