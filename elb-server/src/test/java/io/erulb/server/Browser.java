package io.erulb.server;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.stream.StreamSupport;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.chromium.ChromiumNetworkConditions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real Chromium without a window, as somebody would use it: by what is seen and by keys. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Between two looks; Selenium's own pause is half a second. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final Set<String> GRAVE = Set.of("serious", "critical");

    private final ChromeDriver driver;
    private final WebDriverWait wait;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
        this.wait = new WebDriverWait(driver, PATIENCE, PAUSE);
        // Views draw themselves anew while they are looked at.
        wait.ignoring(StaleElementReferenceException.class);
    }

    /** Starts Debian's, or the one that is named by {@code ELB_TEST_CHROMIUM} and {@code ELB_TEST_CHROMEDRIVER}. */
    static Browser start() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(named("ELB_TEST_CHROMIUM", "/usr/bin/chromium"));
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1440,1000");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(named("ELB_TEST_CHROMEDRIVER", "/usr/bin/chromedriver"))
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    private static File named(String variable, String usual) {
        String path = System.getenv(variable);
        File file = new File(path == null ? usual : path);
        if (!file.canExecute()) {
            throw new IllegalStateException(
                    file + " can't be run (run scripts/install-chromium, or name another one by " + variable + ")");
        }
        return file;
    }

    /** Opens an address anew, whatever is shown. */
    void open(String url) {
        driver.get("about:blank");
        driver.get(url);
    }

    /** Goes to another view of the page that is shown. */
    void go(String url) {
        driver.get(url);
        see("main[data-address='" + url.substring(url.indexOf('#')) + "']");
    }

    /** Waits for an element that can be seen. */
    WebElement see(String css) {
        return wait.withMessage(() -> css + " on a page that says:\n" + text("body"))
                .until(each -> driver.findElements(By.cssSelector(css)).stream()
                        .filter(WebElement::isDisplayed)
                        .findFirst()
                        .orElse(null));
    }

    /** Waits until an element that can be seen has a text in it. */
    void see(String css, String text) {
        wait.withMessage(() -> "\"" + text + "\" in " + css + " on a page that says:\n" + text("body"))
                .until(each -> driver.findElements(By.cssSelector(css)).stream()
                        .anyMatch(element -> element.getText().contains(text)));
    }

    /** Waits until no such element is there. */
    void seeNo(String css) {
        wait.withMessage(() -> "no " + css)
                .until(each -> driver.findElements(By.cssSelector(css)).isEmpty());
    }

    /** Waits until a script gives true. */
    void await(String script) {
        wait.withMessage(() -> script + " on a page that says:\n" + text("body"))
                .until(each -> Boolean.TRUE.equals(driver.executeScript("return " + script)));
    }

    /** The text of the first such element, empty when there is none. */
    String text(String css) {
        List<WebElement> found = driver.findElements(By.cssSelector(css));
        return found.isEmpty() ? "" : found.get(0).getText();
    }

    /** The texts of all such elements. */
    List<String> texts(String css) {
        return driver.findElements(By.cssSelector(css)).stream()
                .map(WebElement::getText)
                .toList();
    }

    int count(String css) {
        return driver.findElements(By.cssSelector(css)).size();
    }

    /** The value of an attribute of each such element, in the order of the document. */
    List<String> attributes(String css, String name) {
        return driver.findElements(By.cssSelector(css)).stream()
                .map(element -> String.valueOf(element.getDomAttribute(name)))
                .toList();
    }

    void click(String css) {
        see(css).click();
    }

    /** Presses the button with this word on it, once it can be pressed. */
    void press(String word) {
        wait.withMessage(() -> "a button " + word + " on a page that says:\n" + text("body"))
                .until(each -> driver.findElements(By.tagName("button")).stream()
                        .filter(button -> button.isDisplayed()
                                && button.isEnabled()
                                && button.getText().equals(word))
                        .findFirst()
                        .orElse(null))
                .click();
    }

    /** Writes over what a field has. */
    void write(String css, String text) {
        WebElement field = see(css);
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"));
        field.sendKeys(text);
    }

    /** Types on the keyboard, to whatever has the focus. */
    void keys(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Goes back to what had the focus before. */
    void tabBack() {
        new Actions(driver)
                .keyDown(Keys.SHIFT)
                .sendKeys(Keys.TAB)
                .keyUp(Keys.SHIFT)
                .perform();
    }

    /** Presses Tab until what has the focus matches. */
    void tabTo(String css) {
        for (int tabs = 0; tabs < 60; tabs++) {
            if (has(css)) {
                return;
            }
            keys(Keys.TAB);
        }
        throw new AssertionError("no way by Tab to " + css + "; the focus is at "
                + driver.executeScript("return document.activeElement.outerHTML.slice(0, 200)"));
    }

    private boolean has(String css) {
        return Boolean.TRUE.equals(driver.executeScript("return document.activeElement.matches(arguments[0])", css));
    }

    /** Cuts the page off from the server, or puts it back. */
    void offline(boolean on) {
        ChromiumNetworkConditions conditions = new ChromiumNetworkConditions();
        conditions.setOffline(on);
        driver.setNetworkConditions(conditions);
    }

    /** Has pages drawn for a dark or a light room. */
    void dark(boolean on) {
        Map<String, Object> scheme = Map.of("name", "prefers-color-scheme", "value", on ? "dark" : "light");
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
    }

    /** What seriously keeps people from using what is shown, by all rules or by some. */
    @SuppressWarnings("deprecation") // Without frames it is the same; the newer mode opens a window each time.
    List<String> barriers(String... rules) {
        AxeBuilder axe = rules.length == 0 ? new AxeBuilder() : new AxeBuilder().withOnlyRules(List.of(rules));
        return axe.setLegacyMode().analyze(driver).getViolations().stream()
                .filter(rule -> GRAVE.contains(rule.getImpact()))
                .map(rule -> rule.getId() + ": "
                        + rule.getNodes().stream()
                                .map(node -> node.getHtml() + " " + node.getFailureSummary())
                                .toList())
                .toList();
    }

    /** What the browser complained about since it was asked last: errors of scripts, breaches of the policy. */
    List<String> complaints() {
        // Answers that refuse something, and those that can't come, are errors of the network and none of the page.
        return StreamSupport.stream(driver.manage().logs().get(LogType.BROWSER).spliterator(), false)
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getMessage())
                .filter(message -> !message.contains("Failed to load resource: the server responded with"))
                .filter(message -> !message.contains("net::ERR_INTERNET_DISCONNECTED"))
                .toList();
    }

    /** Keeps a picture of what is shown. */
    void picture(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
