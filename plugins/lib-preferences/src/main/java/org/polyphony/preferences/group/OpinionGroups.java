package org.polyphony.preferences.group;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.polyphony.preferences.KeyedRandom;

/// Groups of participants who vote alike, found by principal components and k-means, in the manner of Polis.
///
/// Unseen votes are filled with the statement's mean, the two leading components of the centred matrix are
/// taken, and each participant is projected with the votes they gave, scaled by √(statements / votes
/// given), so that those who saw little are not drawn to the middle (Small et al. 2021). k-means runs from
/// several seeded starts; the best is kept. Groups are numbered by size, the largest first. People with too
/// few votes belong to none.
///
/// A group found in votes explains those votes by construction. Find groups on half of the statements and
/// ask what they explain on the other half; see [AgreementGain].
public final class OpinionGroups {
    /// The label of a participant without a group.
    public static final int NONE = -1;
    /// Fewer votes than this on the statements used, or fewer than all of them, leave a participant without
    /// a group.
    public static final int LEAST_VOTES = 7;

    private static final int COMPONENTS = 2;
    private static final int POWER_ITERATIONS = 300;
    private static final int STARTS = 20;
    private static final int LLOYD_ITERATIONS = 100;
    private static final String STAGE = "opinion-groups";

    private OpinionGroups() {}

    /// The group of every participant, in [0, groups), or [#NONE].
    ///
    /// @param statements the statements to use
    /// @param groups number of groups, at least 1; fewer are found where fewer people voted
    public static int[] discover(VoteMatrix votes, int[] statements, int groups, long seed) {
        if (groups < 1) {
            throw new IllegalArgumentException("at least one group is looked for, not " + groups);
        }
        int[] found = new int[votes.participants()];
        Arrays.fill(found, NONE);
        int least = Math.min(LEAST_VOTES, statements.length);
        int[] members = java.util.stream.IntStream.range(0, votes.participants())
                .filter(person -> least > 0 && given(votes, person, statements) >= least)
                .toArray();
        if (members.length == 0) {
            return found;
        }
        double[][] points = project(votes, members, statements);
        int[] labels = bySize(cluster(points, Math.min(groups, members.length), seed), groups);
        for (int m = 0; m < members.length; m++) {
            found[members[m]] = labels[m];
        }
        return found;
    }

    private static int given(VoteMatrix votes, int person, int[] statements) {
        int given = 0;
        for (int statement : statements) {
            given += votes.seen(person, statement) ? 1 : 0;
        }
        return given;
    }

    /// Coordinates [members][2] along the leading components.
    private static double[][] project(VoteMatrix votes, int[] members, int[] statements) {
        int n = statements.length;
        double[] mean = new double[n];
        for (int s = 0; s < n; s++) {
            int seen = 0;
            for (int person : members) {
                if (votes.seen(person, statements[s])) {
                    mean[s] += votes.vote(person, statements[s]);
                    seen++;
                }
            }
            mean[s] /= Math.max(1, seen);
        }
        // a vote filled with the mean is zero after centring
        double[][] centred = new double[members.length][n];
        for (int m = 0; m < members.length; m++) {
            for (int s = 0; s < n; s++) {
                centred[m][s] =
                        votes.seen(members[m], statements[s]) ? votes.vote(members[m], statements[s]) - mean[s] : 0;
            }
        }
        double[][] components = components(centred, n);
        double[][] points = new double[members.length][COMPONENTS];
        for (int m = 0; m < members.length; m++) {
            double scale = Math.sqrt((double) n / given(votes, members[m], statements));
            for (int c = 0; c < COMPONENTS; c++) {
                points[m][c] = scale * dot(components[c], centred[m]);
            }
        }
        return points;
    }

    /// Leading right singular vectors by power iteration with deflation; zero where the matrix has no more.
    private static double[][] components(double[][] rows, int n) {
        double[][] components = new double[COMPONENTS][n];
        for (int c = 0; c < COMPONENTS; c++) {
            double[] v = new double[n];
            for (int s = 0; s < n; s++) {
                v[s] = Math.cos(1 + s * (1.7 + c));
            }
            for (int iteration = 0; iteration < POWER_ITERATIONS; iteration++) {
                double[] next = new double[n];
                for (double[] row : rows) {
                    double along = dot(row, v);
                    for (int s = 0; s < n; s++) {
                        next[s] += along * row[s];
                    }
                }
                for (int before = 0; before < c; before++) {
                    double along = dot(next, components[before]);
                    for (int s = 0; s < n; s++) {
                        next[s] -= along * components[before][s];
                    }
                }
                double norm = Math.sqrt(dot(next, next));
                if (!(norm > 1e-9)) {
                    return components;
                }
                for (int s = 0; s < n; s++) {
                    v[s] = next[s] / norm;
                }
            }
            components[c] = v;
        }
        return components;
    }

    private static int[] cluster(double[][] points, int groups, long seed) {
        int[] best = new int[points.length];
        double least = Double.POSITIVE_INFINITY;
        for (int start = 0; start < STARTS; start++) {
            double[][] centres = spread(points, groups, KeyedRandom.of(seed, STAGE, start));
            int[] labels = new int[points.length];
            double inertia = Double.POSITIVE_INFINITY;
            for (int iteration = 0; iteration < LLOYD_ITERATIONS; iteration++) {
                double now = assign(points, centres, labels);
                if (!(now < inertia)) {
                    break;
                }
                inertia = now;
                recentre(points, labels, centres);
            }
            if (inertia < least) {
                least = inertia;
                best = labels;
            }
        }
        return best;
    }

    /// k-means++ (Arthur, Vassilvitskii 2007): each further centre is a point drawn by its squared distance
    /// to the nearest centre.
    private static double[][] spread(double[][] points, int groups, SplittableRandom random) {
        double[][] centres = new double[groups][];
        centres[0] = points[random.nextInt(points.length)].clone();
        double[] distance = new double[points.length];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        for (int g = 1; g < groups; g++) {
            double sum = 0;
            for (int m = 0; m < points.length; m++) {
                distance[m] = Math.min(distance[m], squaredDistance(points[m], centres[g - 1]));
                sum += distance[m];
            }
            double at = random.nextDouble() * sum;
            int chosen = 0;
            while (chosen < points.length - 1 && at >= distance[chosen]) {
                at -= distance[chosen++];
            }
            centres[g] = points[chosen].clone();
        }
        return centres;
    }

    private static double assign(double[][] points, double[][] centres, int[] labels) {
        double inertia = 0;
        for (int m = 0; m < points.length; m++) {
            double nearest = Double.POSITIVE_INFINITY;
            for (int g = 0; g < centres.length; g++) {
                double distance = squaredDistance(points[m], centres[g]);
                if (distance < nearest) {
                    nearest = distance;
                    labels[m] = g;
                }
            }
            inertia += nearest;
        }
        return inertia;
    }

    /// Moves each centre to the mean of its points; one without points stays.
    private static void recentre(double[][] points, int[] labels, double[][] centres) {
        int[] size = new int[centres.length];
        double[][] sums = new double[centres.length][COMPONENTS];
        for (int m = 0; m < points.length; m++) {
            size[labels[m]]++;
            for (int c = 0; c < COMPONENTS; c++) {
                sums[labels[m]][c] += points[m][c];
            }
        }
        for (int g = 0; g < centres.length; g++) {
            for (int c = 0; size[g] > 0 && c < COMPONENTS; c++) {
                centres[g][c] = sums[g][c] / size[g];
            }
        }
    }

    private static int[] bySize(int[] labels, int groups) {
        int[] size = new int[groups];
        for (int label : labels) {
            size[label]++;
        }
        Integer[] order = new Integer[groups];
        Arrays.setAll(order, g -> g);
        Arrays.sort(order, (a, b) -> Integer.compare(size[b], size[a]));
        int[] rank = new int[groups];
        for (int r = 0; r < groups; r++) {
            rank[order[r]] = r;
        }
        int[] ranked = new int[labels.length];
        Arrays.setAll(ranked, m -> rank[labels[m]]);
        return ranked;
    }

    private static double squaredDistance(double[] a, double[] b) {
        double sum = 0;
        for (int c = 0; c < a.length; c++) {
            sum += (a[c] - b[c]) * (a[c] - b[c]);
        }
        return sum;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
