package io.havip.core.keepalived;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns texts into statements: takes off comments, keeps or drops {@code @id} lines, replaces
 * parameters, repeats {@code ~SEQ} and {@code ~LST} lines, and follows includes.
 *
 * <p>Each of these may stand wherever a statement may begin, thus also behind a brace.
 */
final class Expander {

  /** Sequences within templates within sequences; real ones go three deep. */
  private static final int DEEPEST = 64;

  private final Report report;
  private final Budget budget = new Budget();
  private final Optional<String> configId;
  private final Parameters parameters;
  private final Includes includes;
  private final Consumer<Statement> out;

  Expander(ReadOptions options, Report report, Consumer<Statement> out) {
    this.report = report;
    this.out = out;
    configId = options.effectiveConfigId();
    parameters = new Parameters(configId);
    includes = new Includes(report, budget, this::readLines);
  }

  /** Reads a text and all it includes. */
  void read(Source source) {
    includes.readMain(source);
  }

  private void readLines(Source source) {
    String outerFolder = parameters.folder();
    parameters.folder(source.path().map(p -> p.getParent()).map(Object::toString).orElse(null));
    LogicalLines lines = new LogicalLines(source);
    while (true) {
      LogicalLines.Line line = lines.next();
      if (line == null) {
        break;
      }
      if (line.definition()) {
        multiLineDefinition(line.text());
      } else if (line.text().length() > 0) {
        run(line.text(), 0);
      }
    }
    parameters.folder(outerFolder);
  }

  private void multiLineDefinition(SourceText text) {
    Input in = new Input(text, text.position(0), budget);
    in.skipSpace();
    if (in.peek() == '@' && !condition(in)) {
      return;
    }
    in.skipSpace();
    String name = in.definition();
    if (name == null) {
      return;
    }
    in.skip(new Input.Reference(name, name.length() + 2, false));
    SourceText.Builder value = new SourceText.Builder(in.position().file());
    while (in.peek() != Input.END) {
      Position at = in.position();
      value.add(in.next(), at);
    }
    parameters.define(name, value.build().strip());
  }

  /** Reads a line, or the rest of one for a round of a sequence. */
  private void run(SourceText text, int depth) {
    if (text.length() == 0) {
      return;
    }
    Input in = new Input(text, text.position(0), budget);
    Secrecy secrecy = new Secrecy();
    while (true) {
      skipToStatement(in, secrecy);
      int c = in.peek();
      if (c == Input.END) {
        return;
      }
      if (c == '@') {
        conditional(in);
      } else if (!(c == '$' && parameter(in)) && !(c == '~' && sequence(in, depth))) {
        statement(in, secrecy);
      }
    }
  }

  private static void skipToStatement(Input in, Secrecy secrecy) {
    while (Characters.isSpace(in.peek())) {
      secrecy.passed(in.next());
    }
  }

  private void conditional(Input in) {
    if (!condition(in)) {
      in.skipLine();
      return;
    }
    while (in.peek() != '\n' && Characters.isSpace(in.peek())) {
      in.next();
    }
    if (in.peek() == '@') {
      report.warn(in.position(), "@", "a line takes one @ condition; the line is not used");
      in.skipLine();
    }
  }

  /** Takes a condition and tells whether the line is kept. */
  private boolean condition(Input in) {
    Position at = in.position();
    in.next();
    boolean negated = in.peek() == '^';
    if (negated) {
      in.next();
    }
    StringBuilder id = new StringBuilder();
    while (in.peek() != Input.END && !Characters.isSpace(in.peek())) {
      id.append(in.next());
    }
    if (configId.isEmpty()) {
      report.fatal(at, "@", "there are @ lines, and no config id or host name was given");
      return false;
    }
    return configId.get().contentEquals(id) != negated;
  }

  /** Takes a definition or replaces a reference; false if it is neither. */
  private boolean parameter(Input in) {
    String defined = in.definition();
    if (defined != null) {
      in.skip(new Input.Reference(defined, defined.length() + 2, false));
      parameters.define(defined, in.restOfLine().strip());
      return true;
    }
    Input.Reference reference = in.reference();
    return reference != null && replace(in, reference);
  }

  /** Replaces a reference; false, with nothing taken, if there is no such parameter. */
  private boolean replace(Input in, Input.Reference reference) {
    Position at = in.position();
    String name = reference.name();
    SourceText value = parameters.value(name, at);
    if (value == null) {
      String why =
          switch (name) {
            case Parameters.RANDOM -> "a random value would differ at each reading; write a number";
            case Parameters.INSTANCE -> "${_INSTANCE} is used, and no config id or host name given";
            default -> null;
          };
      if (why == null) {
        return false;
      }
      report.fatal(at, name, why);
      in.skip(reference);
      return true;
    }
    in.skip(reference);
    if (!in.push(name, value, at)) {
      report.fatal(at, name, "the parameter " + Word.quote(name) + " refers to itself");
    }
    return true;
  }

  /** Reads the rest of the line once for each value; false if this is no sequence. */
  private boolean sequence(Input in, int depth) {
    String keyword = sequenceKeyword(in);
    if (keyword == null) {
      return false;
    }
    Position at = in.position();
    String arguments = arguments(in, keyword);
    Optional<Sequence> sequence =
        switch (keyword) {
          case "~SEQ" -> Sequence.range(arguments, false);
          case "~SEQx" -> Sequence.range(arguments, true);
          default -> Sequence.list(arguments);
        };
    if (sequence.isEmpty() || in.peek() == Input.END || in.peek() != ')') {
      report.warn(at, keyword, "the " + keyword + " cannot be read; the line is not used");
      in.skipLine();
      return true;
    }
    in.next();
    SourceText rest = in.restOfLine();
    if (depth >= DEEPEST) {
      report.fatal(at, keyword, "sequences are nested too deeply");
      return true;
    }
    sequence.get().forEach(round -> round(round, rest, at, depth));
    return true;
  }

  private void round(Map<String, String> round, SourceText rest, Position at, int depth) {
    budget.statement();
    round.forEach((name, value) -> parameters.define(name, SourceText.at(at, value)));
    run(rest, depth + 1);
  }

  private static @Nullable String sequenceKeyword(Input in) {
    for (String keyword : List.of("~SEQx", "~SEQ", "~LST")) {
      if (in.startsWith(keyword)
          && (in.startsWith(keyword + "(") || in.startsWith(keyword + " "))) {
        return keyword;
      }
    }
    return null;
  }

  /** What stands between the parentheses, which is left at the closing one if there is any. */
  private String arguments(Input in, String keyword) {
    in.skip(new Input.Reference(keyword, keyword.length(), false));
    StringBuilder arguments = new StringBuilder();
    while (in.peek() == ' ') {
      in.next();
    }
    if (in.peek() != '(') {
      return "";
    }
    in.next();
    while (in.peek() != Input.END && in.peek() != '\n' && in.peek() != ')') {
      Input.Reference reference = in.peek() == '$' ? in.reference(",)") : null;
      if (reference == null || !replace(in, reference)) {
        arguments.append(in.next());
      }
    }
    return arguments.toString();
  }

  private void statement(Input in, Secrecy secrecy) {
    StatementBuilder statement = new StatementBuilder(in.position(), secrecy);
    while (true) {
      int c = in.peek();
      Position at = in.position();
      if (c == Input.END || c == '\n') {
        emit(statement.end(), Statement.End.LINE);
        return;
      }
      if (c == '{' || c == '}') {
        in.next();
        statement.end();
        if (c == '{') {
          emit(statement, Statement.End.OPEN);
        } else {
          emit(statement, Statement.End.LINE);
          emit(new StatementBuilder(at, secrecy), Statement.End.CLOSE);
        }
        return;
      }
      if (c == '"') {
        quoted(in, statement);
      } else if (Characters.isSpace(c)) {
        statement.space(in.next());
        String include = statement.include();
        if (include != null) {
          includes.include(include, statement.at(), restReplaced(in));
          return;
        }
      } else if (c != '$' || !reference(in, statement, false)) {
        statement.add(in.next(), at);
      }
    }
  }

  private void quoted(Input in, StatementBuilder statement) {
    Position at = in.position();
    in.next();
    statement.openQuote(at);
    while (in.peek() != '"') {
      if (in.peek() == Input.END || in.peek() == '\n') {
        report.warn(at, "", "the quote is not closed; what follows it is not used");
        statement.dropWord();
        return;
      }
      if (in.peek() != '$' || !reference(in, statement, true)) {
        Position charAt = in.position();
        statement.add(in.next(), charAt);
      }
    }
    in.next();
    statement.closeQuote();
  }

  /** Replaces a reference within a statement, or keeps it as it stands if it is not defined. */
  private boolean reference(Input in, StatementBuilder statement, boolean quoted) {
    Input.Reference reference = in.reference();
    if (reference == null) {
      return false;
    }
    if (!replace(in, reference)) {
      // Scripts are full of dollar signs of their own, so only what cannot be meant so is reported.
      if (reference.braces() && !quoted) {
        report.warn(
            in.position(),
            reference.name(),
            "the parameter " + Word.quote(reference.name()) + " is not defined");
      }
      for (int i = 0; i < reference.length(); i++) {
        Position at = in.position();
        statement.add(in.next(), at);
      }
    }
    return true;
  }

  private String restReplaced(Input in) {
    StringBuilder rest = new StringBuilder();
    while (in.peek() != Input.END && in.peek() != '\n') {
      Input.Reference reference = in.peek() == '$' ? in.reference() : null;
      if (reference == null || !replace(in, reference)) {
        rest.append(in.next());
      }
    }
    return rest.toString().strip();
  }

  private void emit(StatementBuilder builder, Statement.End end) {
    Statement statement = builder.build(end);
    if (statement.words().isEmpty() && end == Statement.End.LINE) {
      return;
    }
    budget.statement();
    if (!statement.words().isEmpty()
        && statement.words().getFirst().text().equals("include_check")) {
      includes.check(statement.words().subList(1, statement.words().size()));
    }
    out.accept(statement);
  }

  /** Puts the words of one statement together. */
  private static final class StatementBuilder {
    private final List<Word> words = new ArrayList<>();
    private final StringBuilder raw = new StringBuilder();
    private final StringBuilder word = new StringBuilder();
    private final Position start;
    private final Secrecy secrecy;
    private @Nullable Position wordAt;

    StatementBuilder(Position start, Secrecy secrecy) {
      this.start = start;
      this.secrecy = secrecy;
    }

    Position at() {
      return start;
    }

    void add(char c, Position at) {
      raw.append(c);
      word.append(c);
      if (wordAt == null) {
        wordAt = at;
      }
    }

    void space(char c) {
      end();
      raw.append(c);
    }

    void openQuote(Position at) {
      end();
      raw.append('"');
      wordAt = at;
    }

    void closeQuote() {
      raw.append('"');
      end();
    }

    void dropWord() {
      word.setLength(0);
      wordAt = null;
    }

    StatementBuilder end() {
      if (wordAt != null) {
        String text = word.toString();
        words.add(new Word(text, secrecy.hides(), wordAt));
        secrecy.word(text);
        dropWord();
      }
      return this;
    }

    /** The include keyword, if the statement is one and has nothing else yet. */
    @Nullable String include() {
      boolean only =
          words.size() == 1 && IncludeChecks.VARIANTS.containsKey(words.getFirst().text());
      return only ? words.getFirst().text() : null;
    }

    Statement build(Statement.End how) {
      return new Statement(List.copyOf(words), raw.toString(), how, start);
    }
  }

  /**
   * Knows which words may be part of a password: all that follow {@code auth_pass} or {@code key}
   * on its line, for a brace in an unquoted password ends the statement and not the password.
   */
  private static final class Secrecy {
    private boolean secret;

    boolean hides() {
      return secret;
    }

    void word(String text) {
      secret |= text.equals("auth_pass") || text.equals("key");
    }

    void passed(char c) {
      secret &= c != '\n';
    }
  }
}
