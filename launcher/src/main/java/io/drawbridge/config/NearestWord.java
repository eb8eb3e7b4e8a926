package io.drawbridge.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a misspelt word was meant to be. */
final class NearestWord {

  private NearestWord() {}

  /** The known word that is few enough slips away; a shorter word forgives fewer. */
  static Optional<String> to(String word, Collection<String> known) {
    return known.stream()
        .filter(candidate -> slips(word, candidate) <= forgiven(word, candidate))
        .min(Comparator.comparingInt(candidate -> slips(word, candidate)));
  }

  private static int forgiven(String word, String candidate) {
    return Math.max(1, Math.max(word.length(), candidate.length()) / 3);
  }

  /** Letters added, left out, replaced or swapped with their neighbour; case counts for nothing. */
  static int slips(String written, String meant) {
    String a = written.toLowerCase(Locale.ROOT);
    String b = meant.toLowerCase(Locale.ROOT);
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    Arrays.setAll(last, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
        if (swapped(a, b, i, j)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[b.length()];
  }

  private static boolean swapped(String a, String b, int i, int j) {
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
