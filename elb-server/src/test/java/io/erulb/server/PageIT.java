package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page in a real Chromium, before the packaged server. */
@Timeout(180)
class PageIT extends OnThePage {
    @Test
    void aRuleIsEditedCheckedJudgedSavedWatchedAndRolledBack() throws Exception {
        String before = scene.rules();
        scene.send(20, "/blog/a");

        browser.open(scene.view("/domain/localhost/rules"));
        String text = browser.see(EDITOR).getDomProperty("value");
        browser.write(EDITOR, text.replace("\"ua\"", "\"au\""));
        browser.see(CHECKS, "rule r1");
        browser.see(CHECKS, "1 error: this can't be saved");

        browser.write(EDITOR, text.replace("\"servername\": \"blue\"", "\"servername\": \"yellow\""));
        browser.see(CHECKS, "no upstream is named yellow");

        browser.write(EDITOR, text.replace("\"succ\": \"r2\", \"fail\": \"r3\"", "\"succ\": \"r2\""));
        browser.see(CHECKS, "ends in 403");
        browser.see(CHECKS, "whose way is r1+ r4-");

        browser.write(EDITOR, text.replace("\"servername\": \"blue\"", "\"servername\": \"green\""));
        browser.see(CHECKS, "Nothing is wrong");
        browser.press("Review and save …");
        browser.see("dialog del", "\"servername\": \"blue\"");
        browser.see("dialog ins", "\"servername\": \"green\"");
        browser.see("dialog .what-if", "Of the last 20 requests, 20 (100 %) would have gone elsewhere.");
        browser.see("dialog .what-if", "r1+ r4+ r2");
        browser.write("dialog input", "green for all");
        browser.press("Save");
        browser.seeNo("dialog");
        assertThat(Http.send(Http.request(scene.localhost(), "/blog/a").header("User-Agent", "httpie/3.2"))
                        .body())
                .isEqualTo("green /blog/a");

        browser.click(".tabs a");
        browser.see(figure("r1", "succ"), "100 %");
        scene.send(8, "/about");
        browser.see(figure("r4", "fail"), "8");
        scene.send(4, "/about");
        browser.see(figure("r4", "fail"), "12");

        browser.open(scene.view("/history"));
        browser.see("tbody tr:first-child", "green for all");
        browser.click("tbody tr:first-child a");
        browser.see("del", "\"servername\": \"blue\"");
        browser.press("Roll back …");
        browser.see("dialog .effects", "domain localhost is replaced");
        browser.press("Roll back");
        browser.seeNo("dialog");
        browser.see("tbody tr:first-child", "rollback of");
        assertThat(scene.rules()).isEqualTo(before);
    }

    private static String figure(String rule, String edge) {
        return ".edge[data-from='" + rule + "'][data-edge='" + edge + "'] .figure";
    }

    @Test
    void whatSomebodyElseChangedMeanwhileIsNotOverwritten() throws Exception {
        browser.open(scene.view("/domain/localhost/rules"));
        String text = browser.see(EDITOR).getDomProperty("value");
        browser.write(EDITOR, text.replace("httpie", "curl"));
        browser.press("Review and save …");
        scene.change("{\"domains\":{\"localhost\":" + PageScene.RULES.replace("/blog/", "/news/") + "}}");

        browser.press("Save");

        browser.see("dialog [role=alert]", "Somebody else changed the rules of localhost since you began.");
        browser.see("dialog del", "/news/");
        assertThat(scene.rules()).contains("/news/").doesNotContain("curl");

        browser.press("Save");
        browser.seeNo("dialog");
        assertThat(scene.rules()).contains("/blog/").contains("curl");
    }

    @Test
    void aChangeOfAnotherDomainMeanwhileIsNoHindrance() throws Exception {
        browser.open(scene.view("/domain/localhost/rules"));
        String text = browser.see(EDITOR).getDomProperty("value");
        browser.write(EDITOR, text.replace("httpie", "curl"));
        browser.press("Review and save …");
        scene.change("{\"domains\":{\"other.local\":" + PageScene.RULES + "}}");

        browser.press("Save");

        browser.seeNo("dialog");
        assertThat(scene.rules()).contains("curl").contains("other.local");
    }

    @Test
    void whatWasSavedInAnotherLayoutIsNobodyElsesChange() throws Exception {
        browser.open(scene.view("/domain/localhost/rules"));
        String text = browser.see(EDITOR).getDomProperty("value");
        browser.write(EDITOR, text.replace("httpie", "\\u0063url").replace("\n", " "));
        save();
        scene.change("{\"domains\":{\"other.local\":" + PageScene.RULES + "}}");

        browser.write(EDITOR, text.replace("httpie", "wget"));
        save();

        assertThat(scene.rules()).contains("wget");
    }

    private static void save() {
        browser.press("Review and save …");
        browser.press("Save");
        browser.seeNo("dialog");
    }

    @Test
    void whatIsWrittenAfterADiscardIsKeptToo() {
        browser.open(scene.view("/domain/localhost/rules"));
        String text = browser.see(EDITOR).getDomProperty("value");
        browser.write(EDITOR, text.replace("httpie", "curl"));
        browser.press("Discard");
        browser.await("document.querySelector('" + EDITOR + "').value.includes('httpie')");
        browser.write(EDITOR, text.replace("httpie", "wget"));

        browser.click(".tabs a[href$=history]");
        browser.see("main tbody");
        browser.click(".tabs a[href$=rules]");

        assertThat(browser.see(EDITOR).getDomProperty("value")).contains("wget");
        browser.press("Discard");
        browser.await("document.querySelector('" + EDITOR + "').value.includes('httpie')");
    }

    @Test
    void domainsAreShownAgainOnceTheServerAnswersAgain() {
        browser.open(scene.view("/domains"));
        browser.see("tr[data-domain=localhost]");

        browser.offline(true);
        browser.see("main .notice", "The server does not answer.");
        browser.offline(false);

        browser.seeNo("main .notice");
        browser.see("tr[data-domain=localhost]");
    }

    @Test
    void viewsFollowWhatComesIntoForce() throws Exception {
        String rules = PageScene.chain("new.local", 4);
        scene.change(rules);
        browser.open(scene.view("/domain/new.local"));
        browser.see(".rule[data-rule=r1]");

        Http.delete(scene.uri, PageScene.ADMIN + "domain?to=store", "[\"new.local\"]");
        browser.see("main", "This server has no graph of this domain.");
        browser.seeNo("svg");
        scene.change(rules);
        browser.see(".rule[data-rule=r1]");
        browser.see("main tbody", "/1/");
        scene.change(rules.replace(",\"fail\":\"green\"", ""));
        browser.see(".findings", "ends in 403");

        browser.go(scene.view("/domains"));
        browser.see("tr[data-domain='new.local']", "blue");
        scene.change(rules.replace("\"servername\":\"blue\"", "\"servername\":\"green\""));
        browser.await("!document.querySelector(\"tr[data-domain='new.local']\").textContent.includes('blue')");
    }

    @Test
    void noEdgeIsDrawnThickerThanIfAllRequestsTookIt() throws Exception {
        scene.send(20, "/blog/a");
        scene.change("{\"domains\":{\"localhost\":"
                + PageScene.RULES.replace(
                        "{\"init\": \"r1\", \"rules\": {",
                        "{\"init\": \"r0\", \"rules\": {\"r0\": {\"type\": \"path\", \"args\":"
                                + " {\"pattern\": \"/blog/\", \"succ\": \"r1\", \"fail\": \"r3\"}},")
                + "}}");
        scene.send(1, "/blog/a");

        browser.open(scene.view("/domain/localhost"));
        browser.see(figure("r0", "succ"), "100 %");

        assertThat(browser.attributes(".edge .line", "stroke-width"))
                .isNotEmpty()
                .allSatisfy(width -> assertThat(Double.parseDouble(width)).isLessThanOrEqualTo(6));
    }

    @Test
    void aRuleIsToldOfWhenItIsChosenInTheDrawing() {
        browser.open(scene.view("/domain/localhost"));

        browser.click(".rule[data-rule=r4]");
        browser.see("[aria-live]", "Rule r4");
        browser.see("[aria-live]", "/blog/");
        assertThat(browser.attributes(".rule[data-rule=r4]", "aria-pressed")).containsExactly("true");
    }

    @Test
    void aFindingCanBeSeenOnTheDrawing() throws Exception {
        scene.change(
                "{\"domains\":{\"odd.local\":{\"init\":\"r1\",\"rules\":{\"r1\":{\"type\":\"path\",\"args\":"
                        + "{\"pattern\":\"/a/\",\"succ\":\"r2\"}},\"r2\":{\"type\":\"backend\",\"args\":{\"servername\":\"blue\"}}}}}}");

        browser.open(scene.view("/domain/odd.local"));
        browser.see(".findings", "ends in 403");
        browser.see(".rule[data-rule=r1]");
        browser.press("Explain it");
        browser.see(".explanation .way", "r1-");
        browser.see(".edge.lit[data-from=r1][data-edge=fail]");
    }

    @Test
    void whatTheServerTellsNeverBecomesMarkup() throws Exception {
        String name = "<img src=x onerror=alert(1)>";
        scene.change("{\"domains\":{\"evil.local\":{\"init\":\"" + name + "\",\"rules\":{\"" + name
                + "\":{\"type\":\"respond\",\"args\":{\"status\":200,\"body\":\"" + name + "\"}}}}}}");

        browser.open(scene.view("/domain/evil.local"));
        browser.see("main table", name);
        browser.click("main tbody button");
        browser.see("[aria-live]", name);
        browser.press("Explain");
        browser.see(".explanation", name);

        assertThat(browser.count("main img")).isZero();
    }

    @Test
    void aTokenIsAskedForKeptForTheWindowAndForgotten() throws Exception {
        try (ServerProcess closed = ServerProcess.start("STORE=memory ADMIN_TOKEN=s3cret")) {
            browser.open(closed.uri() + PageScene.ADMIN + "#/domains");
            browser.see("h1", "Log in");
            browser.click("a[href='#/upstreams']");
            browser.write("input[type=password]", "guess");
            browser.press("Log in");
            browser.see("[role=alert]", "This token is not accepted.");
            browser.write("input[type=password]", "guess\u2026");
            browser.press("Log in");
            browser.see("[role=alert]", "no characters beyond ASCII");

            browser.write("input[type=password]", "s3cret");
            browser.press("Log in");
            browser.see("h1", "Upstreams");
            browser.see("main", "No upstream is configured yet.");
            browser.open(closed.uri() + PageScene.ADMIN + "#/domains");
            browser.see("main", "No domain is configured yet.");

            browser.press("Log out");
            browser.see("h1", "Log in");
            assertThat(browser.text("#in-force")).isEmpty();
            browser.open(closed.uri() + PageScene.ADMIN);
            browser.see("h1", "Log in");
            browser.open("about:blank");
        }
    }

    @Test
    void fiveHundredDomainsCanBeFiltered() throws Exception {
        scene.change(PageScene.domains(500));

        browser.open(scene.view("/domains"));
        browser.see("main", "502 domains");
        browser.write("input[type=search]", "d49");
        browser.see("main", "10 of 502 domains");
        browser.see("tbody tr[data-domain='d499.example'] .number:nth-of-type(4)", "0");
        browser.click("a[href$='d499.example']");
        browser.see("h1", "d499.example");
    }

    @Test
    void aGraphOfAHundredRulesIsDrawnWhole() throws Exception {
        scene.change(PageScene.chain("long.local", 100));

        browser.open(scene.view("/domain/long.local"));
        browser.await("document.querySelectorAll('svg .rule').length === 100");
        browser.write("form input[required]", "http://long.local/97/");
        browser.press("Explain");
        browser.await("document.querySelectorAll('svg .rule.lit').length === 99");
        browser.press("+");
        browser.picture(PICTURES.resolve("a-hundred-rules.png"));
    }
}
