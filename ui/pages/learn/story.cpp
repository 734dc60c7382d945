#include "ui/pages/learn/story.h"

#include <QCoreApplication>
#include <QFile>

#include "ui/document/work_file.h"

namespace headroom::ui {
namespace {

constexpr Story kStories[] = {
    {"users", QT_TRANSLATE_NOOP("Story", "How many users fit on an 80 GB card?"),
     QT_TRANSLATE_NOOP("Story",
                       "Llama 3.1 8B in vLLM, 8K tokens each, from one user to a hundred. The weights stay what they "
                       "are; watch the KV cache pass them, and what an fp8 cache gives back."),
     true},
    {"training", QT_TRANSLATE_NOOP("Story", "LoRA, QLoRA or all of it?"),
     QT_TRANSLATE_NOOP(
         "Story",
         "Qwen2.5-7B trained four ways on the same card. Full training pays for gradients and two moments "
         "of every weight; adapters pay for activations, and checkpointing takes those too."),
     true},
    {"serving", QT_TRANSLATE_NOOP("Story", "From naive to quantized serving"),
     QT_TRANSLATE_NOOP(
         "Story",
         "Qwen2.5-7B for four users on a 24 GB card: fp32 as it comes, bf16, an engine with a pool, 4-bit "
         "weights, an fp8 cache. Each step is one scenario; compare their bars."),
     true},
    {"shape", QT_TRANSLATE_NOOP("Story", "Deep and thin, or shallow and wide?"),
     QT_TRANSLATE_NOOP("Story",
                       "Three models of about the same number of parameters. Weights agree; the KV cache grows with "
                       "layers × width, so that the deep one needs twice the cache of the wide one."),
     false}};

}  // namespace

std::span<const Story> stories() {
  return kStories;
}

QString titleOf(const Story& story) {
  return QCoreApplication::translate("Story", story.title);
}
QString textOf(const Story& story) {
  return QCoreApplication::translate("Story", story.text);
}

Result<Work> workOf(const Story& story, const Work& usual) {
  QFile file(QStringLiteral(":/stories/%1.headroom.json").arg(QLatin1String(story.id)));
  if (!file.open(QIODevice::ReadOnly)) return fail(ErrorCode::not_found, "The story is not part of this program.");
  return readWork(file.readAll().toStdString(), story.id, {}, usual);
}

}  // namespace headroom::ui
