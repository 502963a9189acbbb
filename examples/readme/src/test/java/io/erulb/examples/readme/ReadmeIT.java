package io.erulb.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.store.etcd.EtcdProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ReadmeIT {
    /** The command that runs this test, and the one that has a test of its own. */
    private static final List<String> ELSEWHERE = List.of("./test", "./elb demo");

    private static final Path ROOT = Path.of(System.getProperty("elb.root"));

    @Test
    void everyCommandPrintsWhatTheReadmeSays(@TempDir Path output) throws Exception {
        try (EtcdProcess etcd = EtcdProcess.start()) {
            String readme = readme().replace(":2379", ":" + etcd.port())
                    .replace(":8080", ":" + freePort())
                    .replace(":8081", ":" + freePort());
            Shell shell = new Shell(ROOT, output);
            List<Block> blocks = Block.of(readme).stream()
                    .filter(block -> !ELSEWHERE.contains(block.text()))
                    .toList();
            commands(blocks).forEach(block -> shell.add(block.text()));

            List<String> printed = shell.run(
                    Map.of("ETCDCTL_ENDPOINTS", etcd.endpoint(), "ETCDCTL_API", "3", "PATH", pathWithTools()));

            assertThat(betweenPromises(blocks, printed)).isEqualTo(promised(blocks));
        }
    }

    @Test
    void theCommandsTestedElsewhereAreThereToo() throws Exception {
        assertThat(commands(Block.of(readme())).map(Block::text)).containsAll(ELSEWHERE);
        assertThat(ROOT.resolve("test")).isExecutable();
        assertThat(ROOT.resolve("elb")).isExecutable();
    }

    @Test
    void theJavaIsThatOfTheExamples() throws Exception {
        List<String> sources = sources();

        assertThat(Block.of(readme()))
                .filteredOn(block -> block.language().equals("java"))
                .isNotEmpty()
                .allSatisfy(block -> assertThat(sources).anyMatch(source -> source.contains(unindented(block.text()))));
    }

    @Test
    void noLinkIsDead() throws Exception {
        List<String> links = Pattern.compile("\\]\\(([^)#:]+)\\)")
                .matcher(readme())
                .results()
                .map(link -> link.group(1))
                .toList();

        assertThat(links)
                .isNotEmpty()
                .allSatisfy(link -> assertThat(ROOT.resolve(link)).exists());
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    private static Stream<Block> commands(List<Block> blocks) {
        return blocks.stream().filter(block -> block.language().equals("sh"));
    }

    private static List<String> promised(List<Block> blocks) {
        return blocks.stream()
                .filter(block -> block.language().equals("text"))
                .map(Block::text)
                .toList();
    }

    /** What the commands printed from one block of promised output to the next. */
    private static List<String> betweenPromises(List<Block> blocks, List<String> printed) {
        Iterator<String> outputs = printed.iterator();
        List<String> joined = new ArrayList<>();
        StringBuilder since = new StringBuilder();
        for (Block block : blocks) {
            if (block.language().equals("sh")) {
                since.append(outputs.next());
            } else if (block.language().equals("text")) {
                joined.add(since.toString().strip());
                since.setLength(0);
            }
        }
        return joined;
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("examples"))) {
            List<Path> java =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            List<String> sources = new ArrayList<>();
            for (Path file : java) {
                sources.add(unindented(Files.readString(file)));
            }
            return sources;
        }
    }

    private static String unindented(String text) {
        return text.replaceAll("(?m)^\\s+", "");
    }

    private static String pathWithTools() {
        return System.getenv("PATH") + ":" + ROOT.resolve(".tools/etcd");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
