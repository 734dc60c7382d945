#include "app/cli/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "core/base/nearest.h"

namespace headroom {
namespace {

std::string dashed(std::string_view flag) {
  return "--" + std::string(flag);
}

// "--flag=WORD" of a switch; CLI11's own conversion throws what is no error of its.
CLI::Validator onOrOff() {
  const auto check = [](std::string& given) -> std::string {
    try {
      CLI::detail::to_flag_value(given);
      return {};
    } catch (const std::exception&) {
      return "'" + given + "' is neither on nor off; true and false are.";
    }
  };
  return {check, ""};
}

}  // namespace

Options::Options(std::string_view command)
    : app_(std::make_unique<CLI::App>("", "headroom-cli " + std::string(command))) {
  app_->get_formatter()->column_width(34);
}

Options::~Options() = default;

void Options::argument(std::string_view name, std::string& value, std::string_view help, bool required) {
  app_->add_option(std::string(name), value, std::string(help))->required(required)->option_text(" ");
}

void Options::arguments(std::string_view name, std::vector<std::string>& values, std::string_view help) {
  app_->add_option(std::string(name), values, std::string(help))->option_text(" ");
}

void Options::text(std::string_view flag, std::string& value, std::string_view valueName, std::string_view help) {
  app_->add_option(dashed(flag), value, std::string(help))->option_text(std::string(valueName))->group(heading_);
}

void Options::number(std::string_view flag, std::size_t& value, std::string_view valueName, std::string_view help) {
  // std::stoull takes -1 for the largest number there is.
  const auto check = [](std::string& given) -> std::string {
    const bool digits = !given.empty() && given.size() < 19 && given.find_first_not_of("0123456789") == given.npos;
    return digits ? std::string() : "'" + given + "' is not a whole number of 0 or more.";
  };
  app_->add_option(dashed(flag), value, std::string(help))
      ->check(CLI::Validator(check, ""))
      ->option_text(std::string(valueName))
      ->group(heading_);
}

void Options::texts(std::string_view flag, std::vector<std::string>& values, std::string_view valueName,
                    std::string_view help) {
  app_->add_option(dashed(flag), values, std::string(help))
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(false)
      ->option_text(std::string(valueName))
      ->group(heading_);
}

void Options::choice(std::string_view flag, std::string& value, std::vector<std::string> known,
                     std::string_view valueName, std::string_view help) {
  const auto check = [known = std::move(known)](std::string& given) -> std::string {
    const std::vector<std::string_view> names(known.begin(), known.end());
    for (const std::string& k : known)
      if (CLI::detail::to_lower(given) == k) return given = k, std::string();
    std::string list;
    for (const std::string& k : known) list += (list.empty() ? "" : ", ") + k;
    return "'" + given + "' is not known." + didYouMean(given, names) + " Known are " + list + ".";
  };
  app_->add_option(dashed(flag), value, std::string(help))
      ->transform(CLI::Validator(check, ""))
      ->option_text(std::string(valueName))
      ->group(heading_);
}

void Options::flag(std::string_view flag, bool& value, std::string_view help) {
  app_->add_flag(dashed(flag), value, std::string(help))->check(onOrOff())->group(heading_);
}

void Options::onOff(std::string_view flag, std::vector<std::string>& value, std::string_view help) {
  const std::string off = "no-" + std::string(flag);
  // "--flag=false" too; of the two the last one given counts, as of any option.
  const CLI::Option* on = app_->add_flag_function(
                                  dashed(flag), [&value](std::int64_t n) { value = {n > 0 ? "true" : "false"}; },
                                  std::string(help) + " (--" + off + " for not)")
                              ->check(onOrOff())
                              ->group(heading_);
  app_->add_flag_function(dashed(off),
                          [this, on, off, &value](std::int64_t n) {
                            const std::vector<CLI::Option*>& order = app_->parse_order();
                            const auto last = std::find_if(order.rbegin(), order.rend(), [&](const CLI::Option* o) {
                              return o == on || o->check_lname(off);
                            });
                            if (last == order.rend() || *last != on) value = {n > 0 ? "false" : "true"};
                          })
      ->check(onOrOff())
      ->group("");
}

Result<bool> Options::parse(const std::vector<std::string>& args) {
  try {
    app_->parse(std::vector<std::string>(args.rbegin(), args.rend()));
  } catch (const CLI::CallForHelp&) {
    return true;
  } catch (const CLI::ExtrasError& e) {
    return tl::unexpected(unknown(e.what()));
  } catch (const CLI::Error& e) {
    return fail(ErrorCode::usage, e.what());
  }
  return false;
}

std::vector<std::string> Options::flags() const {
  std::vector<std::string> out;
  for (const CLI::Option* option : app_->get_options())
    for (const std::string& name : option->get_lnames()) out.push_back(dashed(name));
  return out;
}

std::string Options::help() const {
  return app_->help();
}

Error Options::unknown(const std::string& message) const {
  std::string extra;
  for (const std::string& arg : app_->remaining())
    if (extra.empty() && arg.starts_with("-") && arg != "-") extra = arg.substr(0, arg.find('='));
  if (extra.empty()) return {ErrorCode::usage, message, {}};
  std::vector<std::string> names;
  for (const CLI::Option* o : app_->get_options())
    for (const std::string& n : o->get_lnames()) names.push_back(dashed(n));
  const std::vector<std::string_view> views(names.begin(), names.end());
  return {ErrorCode::usage, "'" + extra + "' is not an option of this command." + didYouMean(extra, views), {}};
}

}  // namespace headroom
