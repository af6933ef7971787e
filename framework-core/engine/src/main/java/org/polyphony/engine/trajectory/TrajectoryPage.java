package org.polyphony.engine.trajectory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.polyphony.engine.report.ReportPage;

/// Trajectories as one page without scripts that needs no network: pictures are SVG, every number is in a
/// table too.
final class TrajectoryPage {

    // beside the page's colours, so that runs differ without colour
    private static final List<String> DASHES =
            List.of("", "7 3", "2 3", "9 3 2 3", "12 4", "4 4", "1 4", "9 3 2 3 2 3");

    private final Trajectories trajectories;
    private final StringBuilder html = new StringBuilder();

    private TrajectoryPage(Trajectories trajectories) {
        this.trajectories = trajectories;
    }

    static String of(Trajectories trajectories, String reproduce, String result) {
        var page = new TrajectoryPage(trajectories);
        page.head();
        for (int g = 0; g < trajectories.games().size(); g++) {
            page.game(g);
        }
        page.provenance(reproduce);
        return page.html
                .append("</main>\n<footer>Made by Polyphony. Gaps are certified in float64 by a verifier that")
                .append(" shares no code with the solvers. Result ")
                .append(escape(result))
                .append(
                        "; result.json beside this page names the files that belong to it.</footer>\n</body>\n</html>\n")
                .toString();
    }

    private void head() {
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>How algorithms move – Polyphony</title>\n<style>")
                .append(ReportPage.style())
                .append(".paths{display:grid;grid-template-columns:repeat(auto-fit,minmax(12.5rem,1fr));gap:1rem}\n")
                .append("figure{margin:0}\nfigcaption{font-size:.9rem}\n.lines i{width:2.4rem;height:.7rem}\n")
                .append(".lines svg{display:inline-block;width:2.4rem;height:.7rem;margin-right:.4rem}\n")
                .append("</style>\n</head>\n<body>\n<header>\n<h1>How algorithms move</h1>\n")
                .append("<p class=\"soft\">Every run is solved at growing budgets of iterations and each policy is")
                .append(" certified. The verdict is decided from the certified gaps, not from the algorithm’s name.")
                .append("</p>\n</header>\n<main>\n");
    }

    private void game(int g) {
        var game = trajectories.games().get(g);
        int k = game.game().candidates();
        html.append("<section>\n<h2>")
                .append(trajectories.games().size() == 1 ? "The game" : "Game " + (g + 1))
                .append(": ")
                .append(k)
                .append(" candidates, ")
                .append(escape(trajectories.plan().formulation()))
                .append("</h2>\n");
        table(game);
        if (k == 3) {
            html.append("<h3>Where the policy goes</h3>\n<p class=\"soft\">A corner is a policy that always plays one")
                    .append(
                            " candidate. ○ the reference, ● where the run ends, ✕ the equilibrium. Points far apart are not joined.</p>\n")
                    .append("<div class=\"paths\">\n");
            for (int r = 0; r < game.paths().size(); r++) {
                simplex(game, r);
            }
            html.append("</div>\n");
        }
        gaps(game);
        html.append("</section>\n");
    }

    private void table(Trajectories.Game game) {
        html.append("<div class=\"scroll\"><table>\n<thead><tr><th>run</th><th>verdict</th><th class=\"n\">gap</th>")
                .append("<th class=\"n\">gap at τ</th><th class=\"n\">τ</th><th class=\"n\">iterations</th>")
                .append(
                        "<th>converged</th><th class=\"n\">lead changes</th><th>final policy</th></tr></thead>\n<tbody>\n");
        for (int r = 0; r < game.paths().size(); r++) {
            var path = game.paths().get(r);
            html.append("<tr><td>").append(escape(label(r))).append("</td>");
            if (path.isEmpty()) {
                html.append(
                        "<td colspan=\"8\">refused: no candidate may be played, or nothing that was answered may be shown</td></tr>\n");
                continue;
            }
            var last = path.getLast();
            html.append("<td>").append(Verdict.of(path).words()).append("</td>");
            cell(number(last.gap()));
            cell(number(last.gapTau()));
            cell(last.tau() == 0 ? "–" : number(last.tau()));
            cell(String.format(Locale.ROOT, "%,d", last.iterations()));
            html.append("<td>")
                    .append(last.converged() ? "says yes" : "says no")
                    .append("</td>");
            cell(String.valueOf(Verdict.leaderChanges(path)));
            html.append("<td>").append(policy(last.policy())).append("</td></tr>\n");
        }
        html.append("</tbody></table></div>\n");
    }

    private void cell(String text) {
        html.append("<td class=\"n\">").append(text).append("</td>");
    }

    // ---- the simplex of three candidates ----

    private static final double SIDE = 240;
    private static final double LEFT = 30;
    private static final double TOP = 24;
    private static final double JOINED = 0.15;
    private static final double HEIGHT = SIDE * Math.sqrt(3) / 2;

    private void simplex(Trajectories.Game game, int r) {
        var path = game.paths().get(r);
        html.append("<figure>\n<svg viewBox=\"0 0 300 262\" role=\"img\" aria-label=\"")
                .append(escape(label(r) + ": " + said(path)))
                .append("\">\n<polygon points=\"")
                .append(at(new double[] {1, 0, 0}))
                .append(' ')
                .append(at(new double[] {0, 1, 0}))
                .append(' ')
                .append(at(new double[] {0, 0, 1}))
                .append("\" fill=\"none\" stroke=\"var(--line)\" stroke-width=\"1.5\"/>\n");
        html.append("<text x=\"30\" y=\"252\" text-anchor=\"middle\">1</text><text x=\"270\" y=\"252\"")
                .append(" text-anchor=\"middle\">2</text><text x=\"150\" y=\"16\" text-anchor=\"middle\">3</text>\n");
        way(path, colour(r));
        circle(reference(game), 4, "none", "var(--soft)");
        game.equilibrium().ifPresent(point -> {
            double x = x(point.policy());
            double y = y(point.policy());
            html.append(String.format(
                    Locale.ROOT,
                    "<path d=\"M%.2f %.2fl12 12m0 -12l-12 12\" stroke=\"var(--ink)\" stroke-width=\"2\"/>%n",
                    x - 6,
                    y - 6));
        });
        if (!path.isEmpty()) {
            circle(path.getLast().policy(), 4.5, colour(r), colour(r));
        }
        html.append("</svg>\n<figcaption><b>")
                .append(escape(label(r)))
                .append("</b> ")
                .append(said(path))
                .append("</figcaption>\n</figure>\n");
    }

    // neighbours far apart are not joined: a chord through the simplex is not where the run went
    private void way(List<TrajectoryPoint> path, String colour) {
        var line = new StringBuilder();
        for (int n = 1; n < path.size(); n++) {
            var from = path.get(n - 1).policy();
            var to = path.get(n).policy();
            if (distance(from, to) <= JOINED) {
                line.append('M').append(at(from)).append('L').append(at(to));
            } else {
                circle(to, 1.2, colour, colour);
            }
        }
        html.append("<path d=\"")
                .append(line)
                .append("\" fill=\"none\" stroke=\"")
                .append(colour)
                .append("\" stroke-width=\"1.3\" stroke-linecap=\"round\"/>\n");
    }

    private static double distance(double[] a, double[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }

    private static double[] reference(Trajectories.Game game) {
        var reference = game.game().reference();
        var policy = new double[3];
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double mass = reference.isPresent() ? Math.exp(reference.get()[i]) : 1;
            policy[i] = game.game().allowed()[i] ? mass : 0;
            sum += policy[i];
        }
        for (int i = 0; i < 3; i++) {
            policy[i] = sum == 0 ? 1 / 3.0 : policy[i] / sum;
        }
        return policy;
    }

    private void circle(double[] policy, double radius, String fill, String stroke) {
        html.append(String.format(
                Locale.ROOT,
                "<circle cx=\"%.2f\" cy=\"%.2f\" r=\"%.1f\" fill=\"%s\" stroke=\"%s\" stroke-width=\"1.6\"/>%n",
                x(policy),
                y(policy),
                radius,
                fill,
                stroke));
    }

    private static String at(double[] policy) {
        return String.format(Locale.ROOT, "%.2f,%.2f", x(policy), y(policy));
    }

    private static double x(double[] policy) {
        return LEFT + SIDE * (policy[1] + policy[2] / 2);
    }

    private static double y(double[] policy) {
        return TOP + HEIGHT * (1 - policy[2]);
    }

    // ---- the gap against iterations, both axes logarithmic ----

    private static final double W = 660;
    private static final double H = 320;
    private static final double L = 56;
    private static final double R = 14;
    private static final double T = 10;
    private static final double B = 40;
    // below this the gap is rounding
    private static final double FLOOR = 1e-16;

    private void gaps(Trajectories.Game game) {
        boolean proved = game.paths().stream().flatMap(List::stream).noneMatch(point -> Double.isNaN(point.gap()));
        if (!proved) {
            return;
        }
        double most = 1;
        double least = 1;
        for (var path : game.paths()) {
            for (var point : path) {
                most = Math.max(most, point.iterations());
                least = Math.min(least, Math.max(FLOOR, point.gap()));
            }
        }
        int decadesX = Math.max(1, (int) Math.ceil(Math.log10(most) - 1e-12));
        int decadesY = Math.max(1, (int) Math.ceil(-Math.log10(least) - 1e-12));
        html.append("<h3>How the gap of the game falls</h3>\n");
        legend(game);
        html.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"Duality gap against iterations, both"
                        + " logarithmic; the table above has where each run ends\">%n",
                W,
                H));
        for (int d = 0; d <= decadesX; d++) {
            double x = L + (W - L - R) * d / decadesX;
            line(x, T, x, H - B);
            text(x, H - B + 16, "middle", d < 4 ? String.format(Locale.ROOT, "%,.0f", Math.pow(10, d)) : "1e" + d);
        }
        int every = decadesY > 8 ? 2 : 1;
        for (int d = 0; d <= decadesY; d++) {
            double y = T + (H - T - B) * d / decadesY;
            if (d % every == 0) {
                line(L, y, W - R, y);
                text(L - 6, y + 4, "end", d == 0 ? "1" : "1e-" + d);
            }
        }
        text((L + W - R) / 2, H - 6, "middle", "iterations");
        for (int r = 0; r < game.paths().size(); r++) {
            var path = game.paths().get(r);
            var points = new ArrayList<String>();
            for (var point : path) {
                double x = L + (W - L - R) * Math.log10(point.iterations()) / decadesX;
                double y = T + (H - T - B) * -Math.log10(Math.clamp(point.gap(), FLOOR, 1)) / decadesY;
                points.add(String.format(Locale.ROOT, "%.2f,%.2f", x, y));
            }
            if (points.size() == 1) {
                var xy = points.getFirst().split(",", 2);
                html.append("<circle cx=\"").append(xy[0]).append("\" cy=\"").append(xy[1]);
                html.append("\" r=\"4.5\" fill=\"").append(colour(r)).append("\"/>\n");
            } else if (!points.isEmpty()) {
                html.append("<polyline points=\"").append(String.join(" ", points));
                html.append("\" fill=\"none\" stroke=\"").append(colour(r)).append("\" stroke-width=\"2\"");
                html.append(dash(r)).append("/>\n");
            }
        }
        html.append("</svg>\n<p class=\"soft\">Gaps below 1e-16 are rounding and drawn there. Iterations are the")
                .append(" algorithm’s own updates; an exact solver is a single point.</p>\n");
    }

    private void legend(Trajectories.Game game) {
        html.append("<div class=\"legend lines\">");
        for (int r = 0; r < game.paths().size(); r++) {
            html.append(
                            "<span><svg viewBox=\"0 0 38 10\" aria-hidden=\"true\"><line x1=\"1\" x2=\"37\" y1=\"5\" y2=\"5\"")
                    .append(" stroke=\"")
                    .append(colour(r))
                    .append("\" stroke-width=\"2.5\"")
                    .append(dash(r))
                    .append("/></svg>")
                    .append(escape(label(r)))
                    .append("</span>");
        }
        html.append("</div>\n");
    }

    private void line(double x1, double y1, double x2, double y2) {
        html.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"var(--line)\"/>%n",
                x1,
                y1,
                x2,
                y2));
    }

    private void text(double x, double y, String anchor, String text) {
        html.append(String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text));
    }

    private void provenance(String reproduce) {
        html.append("<section>\n<h2>Settings and how to reproduce</h2>\n<pre>")
                .append(escape(reproduce))
                .append("</pre>\n<div class=\"scroll\"><table>\n<thead><tr><th>run</th><th>plugin</th><th>version</th>")
                .append("<th>sha256</th><th>settings</th></tr></thead>\n<tbody>\n");
        trajectories.plan().runs().forEach(run -> {
            var ran = trajectories.plugins().get(run.label());
            html.append("<tr><td>").append(escape(run.label())).append("</td><td>");
            html.append(escape(run.algorithm().plugin())).append("</td>");
            if (ran != null) {
                html.append("<td>").append(escape(ran.version())).append("</td><td><code>");
                html.append(ran.sha256(), 0, 16).append("</code></td><td>");
                html.append(escape(ran.settings().toString())).append("</td>");
            }
            html.append("</tr>\n");
        });
        html.append("</tbody></table></div>\n</section>\n");
    }

    private static String said(List<TrajectoryPoint> path) {
        return path.isEmpty()
                ? "refused"
                : Verdict.of(path).words() + ", gap " + number(path.getLast().gap());
    }

    private String label(int r) {
        return trajectories.plan().runs().get(r).label();
    }

    private static String policy(double[] policy) {
        if (policy.length > 8) {
            return policy.length + " candidates";
        }
        var parts = new ArrayList<String>();
        for (double probability : policy) {
            parts.add(String.format(Locale.ROOT, "%.4f", probability));
        }
        return String.join(" ", parts);
    }

    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        double size = Math.abs(value);
        return size != 0 && size < 1e-3
                ? String.format(Locale.ROOT, "%.1e", value)
                : String.format(Locale.ROOT, "%.7f", value).replaceAll("0{1,5}$", "");
    }

    private static String colour(int r) {
        return "var(--c" + r % 8 + ")";
    }

    private static String dash(int r) {
        var dash = DASHES.get(r % DASHES.size());
        return dash.isEmpty() ? "" : " stroke-dasharray=\"" + dash + "\"";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
