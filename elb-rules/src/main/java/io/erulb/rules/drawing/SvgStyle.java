package io.erulb.rules.drawing;

/** How an image looks by itself, on light and on dark. A page that has it inline may say otherwise. */
final class SvgStyle {
    static final String CSS = """
            .elb-graph { font: 11px system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
            .elb-graph .paper { fill: #fafbfd; }
            .elb-graph .heading { font-size: 17px; font-weight: 650; fill: #16202c; }
            .elb-graph .summary, .elb-graph .type { fill: #5a6a7e; }
            .elb-graph .box { fill: #fff; stroke: #cbd5e1; }
            .elb-graph .bar { fill: #8ba1ba; }
            .elb-graph .name, .elb-graph .detail {
              font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
            }
            .elb-graph .name { font-size: 13px; font-weight: 600; fill: #16202c; }
            .elb-graph .detail { fill: #45556a; }
            .elb-graph .type { text-anchor: end; }
            .elb-graph .rate .bar, .elb-graph .concurrency .bar { fill: #d9643a; }
            .elb-graph .terminal .bar { fill: #7d6fd6; }
            .elb-graph .terminal .box { fill: #f3f1fd; stroke: #cdc6f0; }
            .elb-graph .backend .bar { fill: #1b9a61; }
            .elb-graph .backend .box { fill: #ebf8f1; stroke: #b3dfc8; }
            .elb-graph .redirect .bar { fill: #cf8716; }
            .elb-graph .redirect .box { fill: #fdf5e5; stroke: #ead2a2; }
            .elb-graph .unreachable .box { stroke-dasharray: 4 4; }
            .elb-graph .unreachable, .elb-graph .idle { opacity: .55; }
            .elb-graph .dead-end rect { fill: #fdeced; stroke: #e9b3b7; }
            .elb-graph .dead-end text { fill: #b02a37; font-weight: 600; text-anchor: middle; }
            .elb-graph .start circle { fill: #16202c; }
            .elb-graph .line { fill: none; stroke-linecap: round; }
            .elb-graph .start .line { stroke: #16202c; }
            .elb-graph .start .head { fill: #16202c; }
            .elb-graph .succ .line { stroke: #0d8f80; }
            .elb-graph .succ .head, .elb-graph .succ .sign { fill: #0d8f80; }
            .elb-graph .fail .line { stroke: #5d6fdc; }
            .elb-graph .fail .head, .elb-graph .fail .sign { fill: #5d6fdc; }
            .elb-graph .never .line { stroke: #b3bfcd; stroke-dasharray: 5 5; }
            .elb-graph .never .head { fill: #b3bfcd; }
            .elb-graph .figure {
              fill: #2b3948; paint-order: stroke; stroke: #fafbfd; stroke-width: 4px; stroke-linejoin: round;
            }
            .elb-graph .sign { font-size: 14px; font-weight: 700; }
            .elb-graph .flow { fill: #5a6a7e; font-size: 10px; }
            .elb-graph .never .figure { fill: #6d7c8e; }
            .elb-graph .errors { fill: #b02a37; font-weight: 600; font-size: 10px; }
            @media (prefers-color-scheme: dark) {
              .elb-graph .paper { fill: #0f151c; }
              .elb-graph .heading, .elb-graph .name { fill: #e9eff6; }
              .elb-graph .summary, .elb-graph .type, .elb-graph .flow { fill: #97a8bc; }
              .elb-graph .box { fill: #18212c; stroke: #324153; }
              .elb-graph .detail { fill: #b4c2d2; }
              .elb-graph .terminal .box { fill: #201d38; stroke: #453f74; }
              .elb-graph .backend .box { fill: #10281d; stroke: #24573e; }
              .elb-graph .redirect .box { fill: #2c2310; stroke: #5f4a1c; }
              .elb-graph .dead-end rect { fill: #351a1e; stroke: #6d3138; }
              .elb-graph .dead-end text, .elb-graph .errors { fill: #ff9aa2; }
              .elb-graph .start circle, .elb-graph .start .head { fill: #e9eff6; }
              .elb-graph .start .line { stroke: #e9eff6; }
              .elb-graph .succ .line { stroke: #35c9b3; }
              .elb-graph .succ .head, .elb-graph .succ .sign { fill: #35c9b3; }
              .elb-graph .fail .line { stroke: #8f9dff; }
              .elb-graph .fail .head, .elb-graph .fail .sign { fill: #8f9dff; }
              .elb-graph .never .line { stroke: #475669; }
              .elb-graph .never .head { fill: #475669; }
              .elb-graph .figure { fill: #d5dfea; stroke: #0f151c; }
              .elb-graph .never .figure { fill: #8394a8; }
            }
            """;

    private SvgStyle() {}
}
