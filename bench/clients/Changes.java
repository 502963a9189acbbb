import java.nio.file.Path;

/** What {@code bench/changes} runs: one scene, with one line per promise; exit code 1 when one was not kept. */
final class Changes {
    private Changes() {}

    /** Arguments: the checkout, a folder to work in, the first port, the scene, changes of churn. */
    public static void main(String[] arguments) throws Exception {
        Place place = new Place(Path.of(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[2]));
        Report report = new Report();
        try {
            run(arguments[3], place, report, Integer.parseInt(arguments[4]));
        } catch (Exception broken) {
            Elb.printLog(place);
            throw broken;
        }
        System.exit(report.failed() ? 1 : 0);
    }

    private static void run(String scene, Place place, Report report, int changes) throws Exception {
        switch (scene) {
            case "latency" -> new LatencyScene(place, report).run();
            case "scale" -> new ScaleScene(place, report).run();
            case "steps" -> new StepsScene(place, report).run();
            case "churn" -> new ChurnScene(place, report, changes).run();
            default -> throw new IllegalArgumentException(scene);
        }
    }
}
