package io.erulb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.ConfigKey.ServerKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration in one file: all of it or nothing. */
class ConfigCopyTest {
    private static final Instant NOW = Instant.parse("2026-11-26T16:00:00Z");
    private static final StoredConfig CONFIG = new StoredConfig(
            1234,
            Map.of(
                    new DomainKey("t.local:8080"), new StoredValue("{\n  \"init\": \"r1\"\n}\n", 1230),
                    new DomainKey("bücher.local"), new StoredValue("", 7),
                    new ServerKey("an upstream", "[::1]:80"), new StoredValue("weight=2 größe", 1234)));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void givesBackWhatWasWritten() throws StoreException {
        copy().write(CONFIG, NOW);

        assertThat(copy().read()).isEqualTo(new ConfigCopy.Saved(CONFIG, NOW));
    }

    @Test
    void givesBackTheLastOfSeveral() throws StoreException {
        copy().write(CONFIG, NOW);
        copy().write(StoredConfig.EMPTY, NOW);

        assertThat(copy().read()).isEqualTo(new ConfigCopy.Saved(StoredConfig.EMPTY, NOW));
    }

    @Test
    void isNotThereBeforeItIsWritten() throws StoreException {
        assertThat(copy().read()).isNull();
    }

    @Test
    void makesItsFolder() throws StoreException {
        ConfigCopy deep = new ConfigCopy(folder.resolve("var/lib/elb"), "etcd /ELB/");

        deep.write(CONFIG, NOW);

        assertThat(deep.read()).isNotNull();
    }

    @Test
    void canBeReadByPeople() throws StoreException, IOException {
        copy().write(CONFIG, NOW);

        assertThat(Files.readAllLines(copy().file()))
                .contains("of etcd /ELB/", "revision 1234", "saved 2026-11-26T16:00:00Z", "rules/t.local:8080 1230 19");
    }

    @Test
    void isRefusedWithAnyByteChangedOrMissing() throws StoreException, IOException {
        copy().write(CONFIG, NOW);
        byte[] good = Files.readAllBytes(copy().file());
        for (int i = 0; i < good.length; i++) {
            byte[] changed = good.clone();
            changed[i] ^= 1;
            Files.write(copy().file(), changed);
            assertThatThrownBy(copy()::read).as("byte %d", i).isInstanceOf(StoreException.class);

            Files.write(copy().file(), java.util.Arrays.copyOf(good, i));
            assertThatThrownBy(copy()::read).as("cut at %d", i).isInstanceOf(StoreException.class);
        }
    }

    @Test
    void saysOfADamagedOneWhatToDo() throws IOException {
        Files.writeString(copy().file(), "elb-config 1 0000\n");

        assertThatThrownBy(copy()::read)
                .hasMessageContaining("config.copy is damaged")
                .hasMessageContaining("remove it");
    }

    @Test
    void refusesAnotherElbsCopy() throws StoreException {
        new ConfigCopy(folder, "etcd /other/").write(CONFIG, NOW);

        assertThatThrownBy(copy()::read).hasMessageContaining("a copy of etcd /other/, not of etcd /ELB/");
    }

    @Test
    void refusesAFormatItDoesNotKnow() throws StoreException, IOException {
        copy().write(CONFIG, NOW);
        String text = Files.readString(copy().file(), StandardCharsets.UTF_8);
        Files.writeString(copy().file(), text.replaceFirst("elb-config 1", "elb-config 2"));

        assertThatThrownBy(copy()::read).hasMessageContaining("format 2 (expected: 1");
    }

    @Test
    void leavesTheFormerOneWhenItCanNotBeWritten() throws StoreException, IOException {
        copy().write(CONFIG, NOW);
        Files.createDirectory(folder.resolve("config.copy.new"));

        assertThatThrownBy(() -> copy().write(StoredConfig.EMPTY, NOW)).hasMessageContaining("can't be written");

        assertThat(copy().read()).isEqualTo(new ConfigCopy.Saved(CONFIG, NOW));
    }

    private ConfigCopy copy() {
        return new ConfigCopy(folder, "etcd /ELB/");
    }
}
