package io.drawbridge.config;

/** What is wrong with a value and what to do, before anybody knows where it stands. */
record Complaint(String problem, String suggestion) {

  Mistake at(String file, String pointer) {
    return new Mistake(file, pointer, problem, suggestion);
  }
}
