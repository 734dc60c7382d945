#include "core/base/pickle.h"

#include <fmt/format.h>

#include <bit>
#include <cstring>

namespace headroom {
namespace {

constexpr std::size_t kMostValues = std::size_t{8} << 20;

// Operations by Python's pickletools (Lib/pickletools.py, opcodes): those that make plain values.
enum Op : std::uint8_t {
  kMark = '(',
  kStop = '.',
  kPop = '0',
  kBinGet = 'h',
  kLongBinGet = 'j',
  kBinPut = 'q',
  kLongBinPut = 'r',
  kNone = 'N',
  kBinInt = 'J',
  kBinInt1 = 'K',
  kBinInt2 = 'M',
  kBinFloat = 'G',
  kBinUnicode = 'X',
  kShortBinBytes = 'C',
  kBinBytes = 'B',
  kEmptyDict = '}',
  kEmptyList = ']',
  kEmptyTuple = ')',
  kTuple = 't',
  kAppend = 'a',
  kAppends = 'e',
  kSetItem = 's',
  kSetItems = 'u',
  kProto = 0x80,
  kTuple1 = 0x85,
  kTuple2 = 0x86,
  kTuple3 = 0x87,
  kTrue = 0x88,
  kFalse = 0x89,
  kLong1 = 0x8a,
  kShortBinUnicode = 0x8c,
  kBinUnicode8 = 0x8d,
  kMemoize = 0x94,
  kFrame = 0x95,
};

}  // namespace

class PickleReader {
 public:
  PickleReader(std::string_view bytes, std::string_view where) : where_(where) { out_.bytes_ = bytes; }

  Result<Pickle> read() {
    for (;;) {
      const std::optional<std::uint64_t> op = number(1);
      if (!op) return cutShort();
      if (*op == kStop) break;
      if (Result<void> done = step(static_cast<std::uint8_t>(*op)); !done) return tl::unexpected(done.error());
      if (out_.nodes_.size() > kMostValues || stack_.size() > kMostValues || memo_.size() > kMostValues)
        return fail(
            ErrorCode::unsupported,
            fmt::format("It holds more than {} million values; record fewer events (max_entries).", kMostValues >> 20),
            std::string(where_));
    }
    if (stack_.size() != 1 || !marks_.empty()) return damaged();
    out_.root_ = stack_.back();
    return std::move(out_);
  }

 private:
  using Value = Pickle::Value;
  using Node = Pickle::Node;
  using Kind = Pickle::Kind;

  tl::unexpected<Error> cutShort() const {
    return fail(ErrorCode::syntax, "The pickle ends in the middle of a value.", place());
  }
  tl::unexpected<Error> damaged() const { return fail(ErrorCode::syntax, "The pickle is damaged.", place()); }
  std::string place() const { return fmt::format("{}, byte {}", where_, at_); }

  // Little-endian.
  std::optional<std::uint64_t> number(std::size_t bytes) {
    if (out_.bytes_.size() - at_ < bytes) return std::nullopt;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i)
      value |= static_cast<std::uint64_t>(static_cast<unsigned char>(out_.bytes_[at_ + i])) << (8 * i);
    at_ += bytes;
    return value;
  }

  void push(Node node) {
    stack_.push_back(static_cast<Value>(out_.nodes_.size()));
    out_.nodes_.push_back(node);
  }
  void pushInteger(std::int64_t value) {
    Node node;
    node.kind = Kind::integer, node.integer = value;
    push(node);
  }
  void pushList(Kind kind, std::vector<Value> items = {}) {
    Node node;
    node.kind = kind, node.length = static_cast<std::uint32_t>(out_.lists_.size());
    out_.lists_.push_back(std::move(items));
    push(node);
  }
  Result<void> pushText(std::size_t lengthBytes) {
    const std::optional<std::uint64_t> length = number(lengthBytes);
    if (!length || *length > out_.bytes_.size() - at_ || *length > 0xffffffffU) return cutShort();
    Node node;
    node.kind = Kind::text, node.length = static_cast<std::uint32_t>(*length), node.at = at_;
    at_ += *length;
    push(node);
    return {};
  }

  // The values above the last mark, taken from the stack.
  std::optional<std::vector<Value>> aboveMark() {
    if (marks_.empty() || marks_.back() > stack_.size()) return std::nullopt;
    std::vector<Value> items(stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back()), stack_.end());
    stack_.resize(marks_.back());
    marks_.pop_back();
    return items;
  }
  std::optional<std::vector<Value>> top(std::size_t count) {
    if (stack_.size() < count || (!marks_.empty() && stack_.size() - count < marks_.back())) return std::nullopt;
    std::vector<Value> items(stack_.end() - static_cast<std::ptrdiff_t>(count), stack_.end());
    stack_.resize(stack_.size() - count);
    return items;
  }

  Result<void> extend(const std::optional<std::vector<Value>>& items, Kind kind) {
    if (!items || stack_.empty() || out_.nodes_[stack_.back()].kind != kind) return damaged();
    if (kind == Kind::dictionary && items->size() % 2 != 0) return damaged();
    std::vector<Value>& list = out_.lists_[out_.nodes_[stack_.back()].length];
    list.insert(list.end(), items->begin(), items->end());
    return {};
  }
  Result<void> tuple(std::optional<std::vector<Value>> items) {
    if (!items) return damaged();
    return pushList(Kind::list, *std::move(items)), Result<void>();
  }
  Result<void> remember(std::optional<std::uint64_t> at) {
    if (!at || stack_.empty()) return damaged();
    // Numbered one after another by every pickler.
    if (*at > memo_.size()) return damaged();
    if (*at == memo_.size())
      memo_.push_back(stack_.back());
    else
      memo_[*at] = stack_.back();
    return {};
  }
  Result<void> recall(std::optional<std::uint64_t> at) {
    if (!at || *at >= memo_.size()) return damaged();
    return stack_.push_back(memo_[*at]), Result<void>();
  }
  Result<void> integer(std::size_t bytes, bool hasSign) {
    const std::optional<std::uint64_t> value = number(bytes);
    if (!value) return cutShort();
    const unsigned unused = static_cast<unsigned>(64 - 8 * bytes);
    pushInteger(hasSign ? static_cast<std::int64_t>(*value << unused) >> unused : static_cast<std::int64_t>(*value));
    return {};
  }

  Result<void> step(std::uint8_t op) {
    switch (op) {
      case kProto:
        return number(1) ? Result<void>() : cutShort();
      case kFrame:
        return number(8) ? Result<void>() : cutShort();
      case kMark:
        return marks_.push_back(stack_.size()), Result<void>();
      case kPop:
        return top(1) ? Result<void>() : damaged();
      case kNone:
        return push(Node()), Result<void>();
      case kTrue:
      case kFalse: {
        Node node;
        node.kind = Kind::boolean, node.integer = op == kTrue ? 1 : 0;
        return push(node), Result<void>();
      }
      case kBinInt:
        return integer(4, true);
      case kBinInt1:
        return integer(1, false);
      case kBinInt2:
        return integer(2, false);
      case kLong1: {
        const std::optional<std::uint64_t> bytes = number(1);
        if (!bytes) return cutShort();
        if (*bytes == 0) return pushInteger(0), Result<void>();
        if (*bytes <= 8) return integer(*bytes, true);
        // An address beyond 63 bits: what it is does not matter, that it differs does.
        const Result<void> low = integer(8, false);
        if (!low || !number(*bytes - 8)) return cutShort();
        return {};
      }
      case kBinFloat: {
        const std::optional<std::uint64_t> bits = number(8);
        if (!bits) return cutShort();
        std::uint64_t turned = 0;  // big-endian
        for (unsigned i = 0; i < 8; ++i) turned |= (*bits >> (8 * i) & 0xffU) << (56 - 8 * i);
        Node node;
        node.kind = Kind::real, node.real = std::bit_cast<double>(turned);
        return push(node), Result<void>();
      }
      case kShortBinUnicode:
      case kShortBinBytes:
        return pushText(1);
      case kBinUnicode:
      case kBinBytes:
        return pushText(4);
      case kBinUnicode8:
        return pushText(8);
      case kEmptyDict:
        return pushList(Kind::dictionary), Result<void>();
      case kEmptyList:
      case kEmptyTuple:
        return pushList(Kind::list), Result<void>();
      case kTuple:
        return tuple(aboveMark());
      case kTuple1:
      case kTuple2:
      case kTuple3:
        return tuple(top(static_cast<std::size_t>(op - kTuple1) + 1));
      case kAppend:
        return extend(top(1), Kind::list);
      case kAppends:
        return extend(aboveMark(), Kind::list);
      case kSetItem:
        return extend(top(2), Kind::dictionary);
      case kSetItems:
        return extend(aboveMark(), Kind::dictionary);
      case kMemoize:
        return remember(memo_.size());
      case kBinPut:
        return remember(number(1));
      case kLongBinPut:
        return remember(number(4));
      case kBinGet:
        return recall(number(1));
      case kLongBinGet:
        return recall(number(4));
      default:
        return fail(ErrorCode::unsupported,
                    fmt::format("The pickle's operation 0x{:02x} makes no plain value and is not run.", op), place());
    }
  }

  std::string_view where_;
  std::size_t at_ = 0;
  Pickle out_;
  std::vector<Value> stack_, memo_;
  std::vector<std::size_t> marks_;
};

bool Pickle::begins(std::string_view bytes) {
  return bytes.size() > 2 && static_cast<std::uint8_t>(bytes[0]) == kProto && bytes[1] >= 2 && bytes[1] <= 5;
}

Result<Pickle> Pickle::read(std::string_view bytes, std::string_view where) {
  if (!begins(bytes)) return fail(ErrorCode::syntax, "This is no pickle of protocol 2 to 5.", std::string(where));
  return PickleReader(bytes, where).read();
}

const std::vector<Pickle::Value>& Pickle::items(Value v) const {
  static const std::vector<Value> kNothing;
  const Node& node = nodes_[v];
  return node.kind == Kind::list || node.kind == Kind::dictionary ? lists_[node.length] : kNothing;
}

std::optional<Pickle::Value> Pickle::find(Value dictionary, std::string_view key) const {
  if (kind(dictionary) != Kind::dictionary) return std::nullopt;
  const std::vector<Value>& all = items(dictionary);
  for (std::size_t i = 0; i + 1 < all.size(); i += 2)
    if (text(all[i]) == key && kind(all[i]) == Kind::text) return all[i + 1];
  return std::nullopt;
}

std::optional<std::int64_t> Pickle::integer(Value v) const {
  return nodes_[v].kind == Kind::integer ? std::optional(nodes_[v].integer) : std::nullopt;
}

std::string_view Pickle::text(Value v) const {
  return nodes_[v].kind == Kind::text ? bytes_.substr(nodes_[v].at, nodes_[v].length) : std::string_view();
}

}  // namespace headroom
