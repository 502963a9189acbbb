package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.erulb.proxy.ClientTimeouts;
import io.erulb.proxy.ProxyTimeouts;
import io.erulb.proxy.Upgrades;
import io.erulb.proxy.http1.server.Http1Limits;
import io.erulb.rules.spi.IpRange;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerConfigTest {

    @Test
    void nothingHasToBeSet() {
        ServerConfig config = ServerConfig.of(Map.of());

        assertThat(config.name()).isEqualTo("ELB");
        assertThat(config.listen()).hasToString("0.0.0.0:8080");
        assertThat(config.admin()).isEqualTo(new ServerConfig.Admin(null, null));
        assertThat(etcd(config).endpoints()).containsExactly(URI.create("http://127.0.0.1:2379"));
        assertThat(config.statsd()).isNull();
        assertThat(config.plugins()).isNull();
        assertThat(config.proxy().clients().limits().maxBody()).isEqualTo(50L * 1024 * 1024);
        assertThat(config.proxy().clients().limits()).isEqualTo(Http1Limits.defaults());
        assertThat(config.proxy().clients().timeouts()).isEqualTo(ClientTimeouts.defaults());
        assertThat(config.proxy().servers().timeouts()).isEqualTo(ProxyTimeouts.defaults());
        assertThat(config.proxy().servers().maxConnections()).isZero();
        assertThat(config.proxy().upgrades()).isEqualTo(Upgrades.defaults());
        assertThat(config.proxy().trustedProxies()).isEmpty();
        assertThat(config.proxy().countsEdges()).isTrue();
        assertThat(config.lifecycle().drain()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ETCD=10.0.0.1:2379                              | http://10.0.0.1:2379
            ETCD=http://10.0.0.1:2379/                      | http://10.0.0.1:2379
            ETCD=https://etcd.local:2379                    | https://etcd.local:2379
            ETCD=etcd.local                                 | http://etcd.local:2379
            ETCD=[::1]:2379                                 | http://[::1]:2379
            ETCD=[::1]                                      | http://[::1]:2379
            ETCD=10.0.0.1:2379, 10.0.0.2:2379               | http://10.0.0.1:2379,http://10.0.0.2:2379
            ETCD_URL=http://10.0.0.1:4001                   | http://10.0.0.1:4001
            ETCD_URL=http://10.0.0.1:4001 ETCD=10.0.0.2:1   | http://10.0.0.1:4001
            ETCD_HOST=10.0.0.3                              | http://10.0.0.3:2379
            ETCD_HOST=10.0.0.3 ETCD_PORT=4001               | http://10.0.0.3:4001
            ETCD_PORT=4001                                  | http://127.0.0.1:4001
            """)
    void takesEveryFormOfEtcdsAddress(String settings, String endpoints) {
        ServerConfig config = ServerConfig.of(Settings.parse(settings));

        List<URI> expected =
                List.of(endpoints.split(",")).stream().map(URI::create).toList();
        assertThat(etcd(config).endpoints()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LISTEN=8080             | LISTEN: 8080 (expected: host:port with a port from 0 to 65535, such as 127.0.0.1:8080)
            LISTEN=127.0.0.1:65536  | LISTEN: 127.0.0.1:65536 (expected: host:port with a port from 0 to 65535, such as 127.0.0.1:8080)
            ELBNAME=a/b             | ELBNAME: a/b (expected: a name without slash and blanks, such as ELB)
            STORE=redis             | STORE: redis (expected: etcd, memory, or file: and a folder)
            STORE=file:             | STORE: file: (expected: etcd, memory, or file: and a folder)
            ETCD=ftp://a:1          | ETCD: ftp://a:1 (expected: host:port or http(s)://host:port, several by comma, such as 127.0.0.1:2379)
            ETCD=a:1,,b:2           | ETCD:  (expected: host:port or http(s)://host:port, several by comma, such as 127.0.0.1:2379)
            ETCD=my_etcd:2379       | ETCD: my_etcd:2379 (expected: host:port or http(s)://host:port, several by comma, such as 127.0.0.1:2379)
            ETCD_URL=http://a%b:1   | ETCD_URL: http://a%b:1 (expected: host:port or http(s)://host:port, several by comma, such as 127.0.0.1:2379)
            ETCD_HOST=a/b           | ETCD_HOST: a/b:2379 (expected: host:port or http(s)://host:port, several by comma, such as 127.0.0.1:2379)
            ETCD_PORT=0             | ETCD_PORT: 0 (expected: a number from 1 to 65535)
            ETCD_USER=root          | ETCD_USER and ETCD_PASSWORD: only one of them is set (expected: both or neither)
            ETCD_CA=/no/such/file   | ETCD_CA: /no/such/file (expected: a readable file in PEM form)
            STATSD=localhost        | STATSD: localhost (expected: host:port with a port from 0 to 65535, such as 127.0.0.1:8080)
            PLUGINS=/no/such/folder | PLUGINS: /no/such/folder (expected: a folder that can be read)
            CONNECT_TIMEOUT=0       | CONNECT_TIMEOUT: 0 (expected: a time above zero, up to 30d, such as 500ms, 5s or 1h)
            IDLE_TIMEOUT=31d        | IDLE_TIMEOUT: 31d (expected: a time above zero, up to 30d, such as 500ms, 5s or 1h)
            DRAIN_TIMEOUT=-1        | DRAIN_TIMEOUT: -1 (expected: a time of up to 30d, such as 500ms, 5s or 1h)
            MAX_BODY=50x            | MAX_BODY: 50x (expected: a size such as 512k, 50m or 1g, or 0 for any)
            TRUSTED_PROXIES=10.0.0.0/8,lan | TRUSTED_PROXIES: 10.0.0.0/8,lan (expected: addresses or blocks by comma, such as 10.0.0.0/8,2001:db8::/32)
            TRUSTED_PROXIES=10.0.0.0/33 | TRUSTED_PROXIES: 10.0.0.0/33 (expected: addresses or blocks by comma, such as 10.0.0.0/8,2001:db8::/32)
            MAX_HEAD=63             | MAX_HEAD: 63 (expected: a size from 64 to 1048576 bytes, such as 32k)
            MAX_HEAD=2m             | MAX_HEAD: 2m (expected: a size from 64 to 1048576 bytes, such as 32k)
            MAX_TARGET=0            | MAX_TARGET: 0 (expected: a size from 1 to 1048576 bytes, such as 16k)
            MAX_FIELDS=0            | MAX_FIELDS: 0 (expected: a number from 1 to 10000)
            HEAD_TIMEOUT=0          | HEAD_TIMEOUT: 0 (expected: a time above zero, up to 30d, such as 500ms, 5s or 1h)
            BODY_TIMEOUT=soon       | BODY_TIMEOUT: soon (expected: a time above zero, up to 30d, such as 500ms, 5s or 1h)
            SEND_TIMEOUT=0s         | SEND_TIMEOUT: 0s (expected: a time above zero, up to 30d, such as 500ms, 5s or 1h)
            CLIENT_KEEPALIVE_TIMEOUT=0 | CLIENT_KEEPALIVE_TIMEOUT: 0 (expected: a time above zero, up to 30d, such as 500ms, 5s or 1h)
            MAX_CONNECTIONS=0       | MAX_CONNECTIONS: 0 (expected: a number from 1 to 10000000)
            MAX_CONNECTIONS_PER_CLIENT=all | MAX_CONNECTIONS_PER_CLIENT: all (expected: a number from 1 to 10000000)
            MAX_CONNECTIONS_PER_SERVER=-1 | MAX_CONNECTIONS_PER_SERVER: -1 (expected: a number from 0 to 10000000)
            MAX_IDLE_PER_SERVER=0   | MAX_IDLE_PER_SERVER: 0 (expected: a number from 1 to 65536)
            RESOLVE_EVERY=0         | RESOLVE_EVERY: 0 (expected: a time from 1s to 30d, such as 10s or 1h)
            RESOLVE_EVERY=ttl       | RESOLVE_EVERY: ttl (expected: a time from 1s to 30d, such as 10s or 1h)
            MAX_TTL=999ms           | MAX_TTL: 999ms (expected: a time from 1s to 30d, such as 10s or 1h)
            MAX_TTL=31d             | MAX_TTL: 31d (expected: a time from 1s to 30d, such as 10s or 1h)
            UPGRADES=websocket,h2c  | UPGRADES: websocket,h2c (expected: protocols by comma, such as websocket, or none; never HTTP's own such as h2c, since the requests in such a tunnel would be read by nobody)
            UPGRADES=web socket     | UPGRADES: web socket (expected: protocols by comma, such as websocket, or none; never HTTP's own such as h2c, since the requests in such a tunnel would be read by nobody)
            RULE_COUNTERS=yes       | RULE_COUNTERS: yes (expected: on or off)
            IO_THREADS=0            | IO_THREADS: 0 (expected: a number from 1 to 1024)
            """)
    void refusesABadSettingWithASentence(String settings, String sentence) {
        ServerConfigException refused =
                catchThrowableOfType(ServerConfigException.class, () -> ServerConfig.of(Settings.parse(settings)));

        assertThat(refused.faults()).containsExactly(sentence);
    }

    @Test
    void tellsEveryBadSettingAtOnceAndNoSecret() {
        Map<String, String> settings = Map.of("LISTEN", "x", "STORE", "y", "ADMIN_TOKEN", "two words", "MAX_BODY", "z");

        ServerConfigException refused =
                catchThrowableOfType(ServerConfigException.class, () -> ServerConfig.of(settings));

        assertThat(refused.faults()).hasSize(4);
        assertThat(refused).hasMessageNotContaining("two words");
    }

    @Test
    void aBlankSettingCountsAsAbsent() {
        ServerConfig config = ServerConfig.of(Map.of("ETCD", "", "STATSD", " "));

        assertThat(config).isEqualTo(ServerConfig.of(Map.of()));
    }

    @Test
    void choosesTheStore() {
        assertThat(ServerConfig.of(Map.of("STORE", "memory")).store()).isEqualTo(new StoreSettings.Memory());
        assertThat(ServerConfig.of(Map.of("STORE", "file:conf")).store())
                .isEqualTo(new StoreSettings.Folder(Path.of("conf")));
    }

    @Test
    void trustsEveryBlockOfAList() {
        ServerConfig config = ServerConfig.of(Map.of("TRUSTED_PROXIES", "10.0.0.0/8, 2001:db8::/32,192.0.2.1"));

        assertThat(config.proxy().trustedProxies())
                .containsExactly(
                        IpRange.parse("10.0.0.0/8"), IpRange.parse("2001:db8::/32"), IpRange.parse("192.0.2.1/32"));
    }

    @Test
    void readsEveryLimit() {
        ProxySettings settings = ServerConfig.of(Settings.parse("MAX_HEAD=64k MAX_FIELDS=50 MAX_TARGET=2k MAX_BODY=1m"
                        + " HEAD_TIMEOUT=1s CLIENT_KEEPALIVE_TIMEOUT=2s BODY_TIMEOUT=3s SEND_TIMEOUT=4s"
                        + " MAX_CONNECTIONS=5 MAX_CONNECTIONS_PER_CLIENT=6 MAX_CONNECTIONS_PER_SERVER=7"
                        + " MAX_IDLE_PER_SERVER=8 UPGRADES=websocket,Custom"))
                .proxy();

        Http1Limits limits = settings.clients().limits();
        assertThat(limits.head()).isEqualTo(new Http1Limits.Head(65_536, 50, 2_048));
        assertThat(limits.maxBody()).isEqualTo(1 << 20);
        assertThat(limits.waits())
                .isEqualTo(new Http1Limits.Waits(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)));
        assertThat(limits.connections()).isEqualTo(new Http1Limits.Connections(5, 6));
        assertThat(settings.clients().timeouts())
                .isEqualTo(new ClientTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(4)));
        assertThat(settings.servers().maxConnections()).isEqualTo(7);
        assertThat(settings.servers().maxIdle()).isEqualTo(8);
        assertThat(settings.upgrades().protocols()).containsExactlyInAnyOrder("websocket", "custom");
    }

    @Test
    void noneIsNoProtocol() {
        assertThat(ServerConfig.of(Map.of("UPGRADES", "none"))
                        .proxy()
                        .upgrades()
                        .protocols())
                .isEmpty();
    }

    @Test
    void certificatesMakeHttpsTheDefault(@TempDir Path folder) throws Exception {
        Path authority = Files.writeString(folder.resolve("ca.pem"), "");

        ServerConfig config = ServerConfig.of(Map.of("ETCD", "a:1", "ETCD_CA", authority.toString()));

        assertThat(etcd(config).endpoints()).containsExactly(URI.create("https://a:1"));
    }

    @Test
    void secretsAreNotPrinted() {
        ServerConfig config =
                ServerConfig.of(Map.of("ADMIN_TOKEN", "s3cret", "ETCD_USER", "root", "ETCD_PASSWORD", "s3cret"));

        assertThat(config.toString()).doesNotContain("s3cret");
    }

    @Test
    void everySettingHasARowInTheReadme() throws Exception {
        String readme = Files.readString(Path.of("../README.md"));

        assertThat(ServerConfig.settingNames()).isNotEmpty().allMatch(name -> readme.contains("| `" + name + "` |"));
    }

    private static EtcdSettings etcd(ServerConfig config) {
        return ((StoreSettings.Etcd) config.store()).settings();
    }

    @Test
    void aStickySecretIsLongAndNeverPrinted() {
        assertThat(ServerConfig.of(Map.of("STICKY_SECRET", "long enough to be one"))
                        .toString())
                .contains("stickySecret=(not shown)")
                .doesNotContain("long enough");
        assertThatThrownBy(() -> ServerConfig.of(Map.of("STICKY_SECRET", "short")))
                .hasMessageContaining("STICKY_SECRET: too short (expected: at least 16 characters, best random)");
    }
}
