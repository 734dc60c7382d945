#include "core/readers/commands/shell_words.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "core/readers/commands/shell_arithmetic.h"
#include "core/readers/commands/shell_text.h"

namespace headroom {
namespace {

constexpr std::size_t kLongest = 256 * 1024, kMostWords = 20'000, kMostExpanded = 1 << 20;

class Tokenizer {
 public:
  Tokenizer(std::string_view text, ShellScript& out) : text_(text), out_(out) {}

  Result<void> run() {
    while (at_ < text_.size()) {
      if (words_ > kMostWords || expanded_ > kMostExpanded)
        return fail(ErrorCode::value, "The script has too many words to be read.");
      step();
    }
    if (open_ != 0) return fail(ErrorCode::syntax, "A quote is opened and not closed.");
    endWord();
    endCommand();
    out_.arrays = std::move(arrays_), out_.variables = std::move(variables_);
    return {};
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool startsWith(std::string_view what) const { return text_.substr(at_).starts_with(what); }

  // Length of a line's end behind blanks at `from`, or behind a comment after them; 0 where something else stands
  // there.
  std::size_t lineEndAt(std::size_t from, bool comments = false) const {
    std::size_t i = from;
    while (i < text_.size() && (text_[i] == ' ' || text_[i] == '\t' || text_[i] == '\r')) ++i;
    if (comments && i > from && i < text_.size() && text_[i] == '#') i = std::min(text_.find('\n', i), text_.size());
    return i < text_.size() && text_[i] == '\n' ? i + 1 - from : 0;
  }

  void add(char c) { word_ += c, inWord_ = true; }

  void step() {
    const char c = peek();
    if (open_ != 0) return quoted(c);
    if (c == '\\' || (c == '`' && !inWord_) || c == '^') {
      if (const std::size_t end = lineEndAt(at_ + 1, true); end > 0) {  // a continued line
        if (text_.substr(at_, end).find('#') != text_.npos)
          note("A comment stands behind a backslash; the line is read as continued.");
        at_ += 1 + end;
        return endWord();
      }
      if (c == '\\') return escape();
      if (c == '^' && std::string_view("&|<>^\"()").find(peek(1)) != std::string_view::npos) {
        add(peek(1)), at_ += 2;
        return;
      }
    }
    if (c == '`' && word_.ends_with('='))  // --tp=`nproc`: the same, the old way
      if (const std::size_t end = text_.find_first_of("`\n", at_ + 1); end != text_.npos && text_[end] == '`') {
        word_ += text_.substr(at_, end + 1 - at_), at_ = end + 1;
        return;
      }
    if (c == '`' && !inWord_ && peek(1) == '#')  // a comment in the midst of a command
      if (const std::size_t end = text_.find_first_of("`\n", at_ + 1); end != text_.npos && text_[end] == '`')
        return void(at_ = end + 1);
    if (c == '"' || c == '\'') {
      open_ = c, inWord_ = true, wasQuoted_ = true, ++at_;
      return;
    }
    if (c == '#' && !inWord_) return comment();
    if (c == '$') return dollar();
    if (c == '%' && percent()) return;
    if (c == ' ' || c == '\t' || c == '\r') return endWord(), void(++at_);
    if (c == '<' && !startsWith("<<") && placeholder()) return;
    if (c == '<' && startsWith("<<") && !startsWith("<<<")) return hereDocument();
    if (c == '>' && prompt()) return;
    if (c == '>' || c == '<') return redirection();
    if (c == '{' && peek(1) == '"' && object()) return;
    if (c == '(' && word_.size() > 1 && word_.back() == '=' && variableIn(word_) != "") return array();
    // An argument as a process table shows it, whose quotes are gone: "-ot blk.(1|2).ffn=CPU".
    if (c == '|' && inWord_ && std::ranges::count(word_, '(') > std::ranges::count(word_, ')'))
      return add(c), void(++at_);
    if (c == '\n' || c == ';' || c == '|' || c == '&' || ((c == '(' || c == ')') && !inWord_)) {
      endWord();
      ++at_;
      return endCommand();
    }
    add(c), ++at_;
  }

  void quoted(char c) {
    if (c == open_) {
      open_ = 0, ++at_;
      return;
    }
    if (open_ == '"' && c == '\\') {
      const char next = peek(1);
      if (const std::size_t end = lineEndAt(at_ + 1); end > 0) return void(at_ += 1 + end);
      if (next == '"' || next == '\\' || next == '$' || next == '`') {
        add(next), at_ += 2;
        return;
      }
    }
    if (open_ == '"' && c == '$') return dollar();
    if (open_ == '"' && c == '%' && percent()) return;
    add(c), ++at_;
  }

  // A backslash keeps its letter: before a letter or a digit it is a Windows path's.
  void escape() {
    const char next = peek(1);
    if (next == '\0') return add('\\'), void(++at_);
    if (isNameChar(next) || next == '.' || (next == '\\' && word_.empty())) {
      add('\\'), ++at_;
      if (next == '\\') add('\\'), ++at_;
      return;
    }
    add(next), at_ += 2;
  }

  void comment() {
    bool continued = false;
    while (at_ < text_.size() && text_[at_] != '\n') {
      continued = text_[at_] == '\\' || (continued && (text_[at_] == ' ' || text_[at_] == '\r'));
      ++at_;
    }
    // Commented out in the midst of a continued command: a shell would end the command there, its writer would not.
    if (continued && !words().empty()) {
      at_ = std::min(at_ + 1, text_.size());
      note("A comment stands inside a continued command; what follows it is read as the command's.");
    }
  }

  void note(std::string text) {
    if (std::ranges::find(out_.notes, text) == out_.notes.end()) out_.notes.push_back(std::move(text));
  }

  const std::vector<std::string>& words() const { return command_.words; }

  // A variable's value, split where it is not quoted; unknown names stay as written.
  void expand(std::string_view name, std::string_view written, std::string_view other, bool hasOther) {
    if (const auto array = arrays_.find(name); array != arrays_.end()) {
      for (std::size_t i = 0; i < array->second.size(); ++i) {
        if (i > 0) endWord();
        word_ += array->second[i], expanded_ += array->second[i].size(), inWord_ = true, wasQuoted_ = true;
      }
      return;
    }
    const auto known = variables_.find(name);
    std::string_view value = known != variables_.end() ? std::string_view(known->second) : hasOther ? other : written;
    // What another command prints is not known, and its quotes would end those around the name.
    if (value.starts_with("$(") && value.find_first_of("'\"") != value.npos) value = written;
    expanded_ += value.size();
    // "$MODEL" that was set to what nothing sets.
    if (open_ != 0 && word_.empty() && value.empty()) value = written;
    if (open_ != 0 || (known == variables_.end() && !hasOther)) {
      word_ += value, inWord_ = true;
      return;
    }
    for (const char c : value)
      if (c == ' ' || c == '\t' || c == '\n')
        endWord();
      else
        add(c);
  }

  // "$((2 * length))" as the number it comes to.
  bool sum(std::string_view written) {
    constexpr std::string_view kExpr = "$(expr ";
    const bool brackets = written.starts_with("$((") && written.ends_with("))");
    if (!brackets && !written.starts_with(kExpr)) return false;
    written.remove_suffix(brackets ? 2 : 1);
    written.remove_prefix(brackets ? 3 : kExpr.size());
    const auto number = shellArithmetic(written, [this](std::string_view name) {
      const auto known = variables_.find(name);
      return known == variables_.end() ? std::string() : known->second;
    });
    if (number) word_ += *number, inWord_ = true;
    return number.has_value();
  }

  void dollar() {
    std::size_t i = at_ + 1;
    if (peek(1) == '(')
      // "$(nvidia-smi -L | wc -l)": what another command would print is one word, as written.
      if (const std::size_t last = bracketEnd(text_, at_ + 1); last != text_.npos) {
        const std::size_t end = last + 1;
        if (sum(text_.substr(at_, end - at_))) return void(at_ = end);
        word_ += text_.substr(at_, end - at_), inWord_ = true, at_ = end;
        return;
      }
    if (startsWith("$env:") || startsWith("$Env:")) i = at_ + 5;
    if (i < text_.size() && text_[i] == '{') {
      const std::size_t end = bracketEnd(text_, i);
      if (end == text_.npos || end - i > 200) return add('$'), void(++at_);
      std::string_view inside = text_.substr(i + 1, end - i - 1), other;
      const std::string_view written = text_.substr(at_, end + 1 - at_);
      const std::size_t mark = std::min(inside.find(":-"), inside.find(":="));
      const bool hasOther = mark != inside.npos;
      if (hasOther) other = inside.substr(mark + 2), inside = inside.substr(0, mark);
      if (inside.ends_with("[@]") || inside.ends_with("[*]")) inside.remove_suffix(3);
      if (inside.starts_with("env:")) inside.remove_prefix(4);
      at_ = end + 1;
      const std::string otherwise = resolvedDefault(other, [this](std::string_view name) {
        const auto known = variables_.find(name);
        return known == variables_.end() ? nullptr : &known->second;
      });
      return expand(inside, written, otherwise, hasOther);
    }
    std::size_t n = i;
    while (n < text_.size() && isNameChar(text_[n])) ++n;
    if (n == i || !isNameStart(text_[i])) return add('$'), void(++at_);
    const std::string_view name = text_.substr(i, n - i), written = text_.substr(at_, n - at_);
    at_ = n;
    // PowerShell: $env:NAME = "value"
    std::size_t equals = n;
    while (equals < text_.size() && text_[equals] == ' ') ++equals;
    if (!inWord_ && open_ == 0 && words().empty() && equals < text_.size() && text_[equals] == '=') {
      word_ = std::string(name) + "=", inWord_ = true, at_ = equals + 1;
      while (at_ < text_.size() && text_[at_] == ' ') ++at_;
      return;
    }
    expand(name, written, {}, false);
  }

  // %NAME% of cmd.exe.
  bool percent() {
    std::size_t n = at_ + 1;
    while (n < text_.size() && isNameChar(text_[n])) ++n;
    if (n == at_ + 1 || n >= text_.size() || text_[n] != '%') return false;
    const std::string_view name = text_.substr(at_ + 1, n - at_ - 1), written = text_.substr(at_, n + 1 - at_);
    at_ = n + 1;
    expand(name, written, {}, false);
    return true;
  }

  // "<your token>" where a value is to be put in; no redirection.
  bool placeholder() {
    const std::size_t end = text_.find('>', at_);
    if (end == text_.npos || end - at_ > 60 || !isNameStart(peek(1))) return false;
    const std::string_view inside = text_.substr(at_, end + 1 - at_);
    if (inside.find('\n') != inside.npos) return false;
    word_ += inside, inWord_ = true, at_ = end + 1;
    return true;
  }

  // "> docker run", "PS C:\\Users\\me> llama-server": what a terminal shows in front of a command.
  bool prompt() {
    const bool place = word_.size() > 2 && word_[1] == ':' && word_[2] == '\\';
    const bool first = command_.words.empty() || (command_.words.size() == 1 && command_.words.front() == "PS");
    if (!first || !command_.environment.empty() || (inWord_ && !place) || skipNext_) return false;
    if (!place && (!command_.words.empty() || !lineBreak_)) return false;
    command_.words.clear(), word_.clear(), inWord_ = false;
    while (peek() == '>') ++at_;
    return true;
  }

  // {"method": "mtp"} without quotes around it: a shell would take the inner ones, who prints an argument did not.
  bool object() {
    const std::size_t end = bracketEnd(text_, at_);
    if (end == text_.npos ||
        (end + 1 < text_.size() && std::string_view(" \t\r\n]").find(text_[end + 1]) == std::string_view::npos))
      return false;
    const std::string_view inside = text_.substr(at_, end + 1 - at_);
    if (inside.find('\n') != inside.npos) return false;
    word_ += inside, inWord_ = true, wasQuoted_ = true, at_ = end + 1;
    return true;
  }

  void redirection() {
    const bool number = !wasQuoted_ && !word_.empty() && word_.find_first_not_of("0123456789") == word_.npos;
    if (number)
      word_.clear(), inWord_ = false;
    else
      endWord();
    while (peek() == '>' || peek() == '<') ++at_;
    if (peek() == '&') {
      ++at_;
      while (at_ < text_.size() && (isNameChar(text_[at_]) || text_[at_] == '-')) ++at_;
      return;
    }
    skipNext_ = true;
  }

  // cat > NAME <<EOF, cat <<EOF > NAME: the file that the lines fill; `rest` stands behind the mark.
  std::string filledBy(std::string_view rest) const {
    const auto& words = command_.words;
    if (words.size() > 1 && (words.front() == "helm" || words.front() == "kubectl")) return "-";  // what they read
    if (command_.words.size() != 1 || command_.words.front() != "cat") return {};
    if (!target_.empty()) return target_;
    const std::size_t arrow = rest.find('>');
    if (arrow == rest.npos) return {};
    rest.remove_prefix(std::min(rest.find_first_not_of("> ", arrow), rest.size()));
    return std::string(rest.substr(0, rest.find_first_of(" \t\r;|&")));
  }

  void hereDocument() {
    endWord();
    at_ += 2;
    if (peek() == '-') ++at_;
    while (peek() == ' ') ++at_;
    std::string mark;
    while (at_ < text_.size() && !std::isspace(static_cast<unsigned char>(text_[at_]))) {
      if (text_[at_] != '"' && text_[at_] != '\'') mark += text_[at_];
      ++at_;
    }
    std::size_t line = text_.find('\n', at_);
    const std::string file = filledBy(text_.substr(at_, std::min(line, text_.size()) - at_));
    // read -r -d '' NAME <<EOF: the lines become the variable.
    const bool kept = command_.words.size() > 1 && command_.words.front() == "read";
    const std::size_t first = line;
    while (line != text_.npos) {
      const std::size_t end = std::min(text_.find('\n', line + 1), text_.size());
      std::string_view inside = text_.substr(line + 1, end - line - 1);
      while (!inside.empty() && (inside.front() == ' ' || inside.front() == '\t')) inside.remove_prefix(1);
      while (inside.ends_with('\r') || inside.ends_with(' ')) inside.remove_suffix(1);
      if (inside == mark) {
        if (kept) variables_.insert_or_assign(command_.words.back(), continuedLine(text_.substr(first, line - first)));
        if (!file.empty()) out_.files.emplace_back(file, std::string(text_.substr(first + 1, line - first)));
        return void(at_ = end);
      }
      line = end < text_.size() ? end : text_.npos;
    }
  }

  // NAME=( … ): the words up to the parenthesis.
  void array() {
    const std::string name(variableIn(word_));
    const bool more = word_.ends_with("+=");
    if (more && conditions_ > 0) note("A branch of the script adds arguments; they count as if it were taken.");
    word_.clear(), inWord_ = false, ++at_;
    ShellCommand outer = std::move(command_);
    command_ = {};
    while (at_ < text_.size() && !(open_ == 0 && peek() == ')') && ++words_ < kMostWords && expanded_ < kMostExpanded)
      if (open_ == 0 && (peek() == '\n' || peek() == ';'))
        endWord(), ++at_;
      else
        step();
    endWord();
    if (peek() == ')') ++at_;
    std::vector<std::string>& array = arrays_[name];
    if (!more) array.clear();
    array.insert(array.end(), std::make_move_iterator(command_.words.begin()),
                 std::make_move_iterator(command_.words.end()));
    command_ = std::move(outer);
  }

  void endWord() {
    if (!inWord_) return;
    std::string word = std::move(word_);
    word_.clear(), inWord_ = false;
    const bool quoted = std::exchange(wasQuoted_, false);
    // Code in a sentence: "`docker run … --dp 16`".
    if (!quoted && word.size() > 1 && std::ranges::count(word, '`') == 1) {
      if (word.front() == '`') word.erase(0, 1);
      if (word.back() == '`') word.pop_back();
    }
    if (std::exchange(skipNext_, false)) return void(target_ = std::move(word));
    ++words_;
    if (const std::string_view name = variableIn(word); command_.words.empty() && !name.empty()) {
      command_.environment.emplace_back(std::string(name), valueOf(name, word));
      return;
    }
    // A line that begins with an option goes on with the command before it.
    const bool goesOn = command_.words.empty() && command_.environment.empty() && !quoted && word.size() > 1 &&
                        word.front() == '-' && word[1] != ' ' && !out_.commands.empty();
    if (goesOn && lineBreak_) {
      command_ = std::move(out_.commands.back());
      out_.commands.pop_back();
      note("A line begins with an option; it is read as part of the command before it.");
    }
    command_.words.push_back(std::move(word));
  }

  void remember(std::string_view word) {
    const std::string_view name = variableIn(word);
    if (!name.empty()) variables_.insert_or_assign(std::string(name), valueOf(name, word));
  }

  // What an assignment gives its name: of NAME+=more what it has, and more.
  std::string valueOf(std::string_view name, std::string_view word) {
    word.remove_prefix(name.size());
    const auto known = variables_.find(name);
    std::string before = word.starts_with('+') && known != variables_.end() ? known->second : std::string();
    return before.append(word.substr(word.find('=') + 1));
  }

  void endCommand() {
    lineBreak_ = at_ == 0 || at_ > text_.size() || text_[at_ - 1] == '\n';
    target_.clear();
    if (command_.words.empty()) {
      for (const auto& [name, value] : command_.environment) {
        const auto held = variables_.find(name);
        if (conditions_ > 0 && held != variables_.end() && !held->second.empty() && held->second != value)
          out_.chosen.insert(name);
        variables_.insert_or_assign(name, value);
      }
      return void(command_ = {});
    }
    const std::string& first = command_.words.front();
    remember(setIn(command_.words));
    if (first == "if" || first == "case") ++conditions_;
    if ((first == "fi" || first == "esac") && conditions_ > 0) --conditions_;
    if (first == "export" || first == "set" || first == "declare" || first == "local" || first == "readonly") {
      for (const std::string& word : command_.words) remember(word);
    } else if ((first == "setx" || first == "setenv") && command_.words.size() == 3) {
      variables_.insert_or_assign(command_.words[1], command_.words[2]);
    } else if (first != "REM" && first != "rem" && !first.starts_with("::")) {
      std::vector<std::pair<std::string, std::string>> all;
      for (const auto& own : variables_)
        if (isServersVariable(own.first)) all.emplace_back(own);
      for (auto& own : command_.environment) all.push_back(std::move(own));
      command_.environment = std::move(all);
      out_.commands.push_back(std::move(command_));
    }
    command_ = {};
  }

  std::string_view text_;
  ShellScript& out_;
  std::size_t at_ = 0, words_ = 0, expanded_ = 0, conditions_ = 0;
  char open_ = 0;
  bool inWord_ = false, wasQuoted_ = false, skipNext_ = false, lineBreak_ = true;
  std::string target_;  // of the command's last redirection
  std::string word_;
  ShellCommand command_;
  std::map<std::string, std::string, std::less<>> variables_;
  std::map<std::string, std::vector<std::string>, std::less<>> arrays_;
};

}  // namespace

Result<ShellScript> shellScript(std::string_view text) {
  if (text.size() > kLongest) return fail(ErrorCode::value, "A script of more than 256 KiB is not read.");
  std::string plain(text);
  ShellScript out;
  if (plainCharacters(plain)) out.notes.emplace_back("Typographic quotes and dashes are read as plain ones.");
  if (const Result<void> done = Tokenizer(plain, out).run(); !done) return tl::unexpected(done.error());
  return out;
}

}  // namespace headroom
