package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;

/** The page for those who use no mouse, who listen to it, who see it in the dark; and pictures of it. */
@Timeout(180)
class PageForEveryoneIT extends OnThePage {
    @Test
    void everythingIsDoneByKeyboardAlone() throws Exception {
        scene.change("{\"domains\":{\"localhost\":" + PageScene.RULES + "}}");
        browser.open(scene.view("/"));
        browser.see("main", "Fleet");

        browser.keys(Keys.TAB, Keys.ENTER);
        browser.await("document.activeElement.id === 'main'");
        browser.open(scene.view("/"));
        browser.tabTo("a[href='#/domains']");
        browser.keys(Keys.ENTER);
        browser.see("a[href='#/domain/localhost']");
        browser.tabTo("a[href='#/domain/localhost']");
        browser.keys(Keys.ENTER);
        browser.see(".rule[data-rule=r1]");
        browser.tabTo(".rule");
        browser.keys(Keys.ARROW_DOWN, Keys.ARROW_RIGHT, Keys.ENTER);
        browser.see("[aria-live]", "Rule r3");

        browser.tabTo("form input[required]");
        browser.keys(Keys.END, "blog/a", Keys.ENTER);
        browser.see(".explanation", "r1- r3");

        browser.open(scene.view("/domain/localhost/rules"));
        browser.see(EDITOR);
        browser.tabTo(EDITOR);
        browser.keys(" ");
        browser.see(CHECKS, "Nothing is wrong");
        browser.see(".panel .primary:enabled");
        browser.tabBack();
        browser.keys(Keys.ENTER);
        browser.see("dialog");
        browser.tabTo("dialog .primary");
        browser.keys(Keys.ENTER);
        browser.seeNo("dialog");
        browser.await("document.activeElement.matches('" + EDITOR + "')");
    }

    @Test
    void nothingSeriouslyKeepsPeopleFromUsingIt() throws Exception {
        scene.send(30, "/blog/a");
        scene.send(9, "/about");
        String id = Http.get(scene.uri, "/__erulb__/history").body().replaceFirst(".*?\"id\":\"([^\"]+)\".*", "$1");
        List<String> views = List.of(
                "/",
                "/domains",
                "/domain/localhost",
                "/domain/shop.example",
                "/domain/shop.example/rules",
                "/domain/localhost/history",
                "/upstreams",
                "/history",
                "/history/" + id);

        browser.open(scene.view("/"));
        for (boolean dark : new boolean[] {false, true}) {
            browser.dark(dark);
            for (String view : views) {
                look(view, dark);
            }
            lookAtTheReview(dark);
        }
        browser.dark(false);
    }

    private void look(String view, boolean dark) throws Exception {
        browser.go(scene.view(view));
        browser.await("!document.querySelector('main').textContent.includes('Asking …')");
        if (view.equals("/domain/localhost")) {
            browser.write("form textarea", "User-Agent: httpie/3.2");
            browser.press("Explain");
            browser.see(".explanation", "Way");
            browser.see(".edge .figure", "%");
        }
        String name = view.equals("/") ? "overview" : view.substring(1).replaceAll("history/.+", "change");
        judge(name.replace('/', '-'), dark);
    }

    private void lookAtTheReview(boolean dark) throws Exception {
        browser.go(scene.view("/domain/localhost/rules"));
        String text = browser.see(EDITOR).getDomProperty("value");
        browser.write(EDITOR, text.replace("\"servername\": \"blue\"", "\"servername\": \"green\""));
        browser.press("Review and save …");
        browser.see("dialog .what-if", "would have gone elsewhere");
        judge("review", dark);
        browser.press("Cancel");
        browser.press("Discard");
        browser.see(CHECKS, "Nothing would be other than it is.");
    }

    private static void judge(String name, boolean dark) throws Exception {
        browser.picture(PICTURES.resolve(name + (dark ? "-dark" : "-light") + ".png"));
        // In the dark only colours differ.
        String[] rules = dark ? new String[] {"color-contrast", "link-in-text-block"} : new String[0];
        assertThat(browser.barriers(rules))
                .as(name + (dark ? " in the dark" : ""))
                .isEmpty();
    }
}
