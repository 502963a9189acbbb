package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Tests of the page, which begin with the same rules, and fail when the browser complains of anything. */
abstract class OnThePage {
    static final Path PICTURES = Path.of("target", "screenshots");
    static final String EDITOR = "textarea.code";
    static final String CHECKS = ".checks";

    static PageScene scene;
    static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        scene = PageScene.start();
        browser = Browser.start();
    }

    @AfterAll
    static void close() {
        browser.close();
        scene.close();
    }

    @BeforeEach
    void reset() throws Exception {
        scene.reset();
    }

    @AfterEach
    void hearComplaints() {
        assertThat(browser.complaints()).isEmpty();
    }
}
