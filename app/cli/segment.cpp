// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "app/cli/model_options.h"
#include "app/cli/parse_prompt.h"
#include "app/cli/picture_doubt.h"
#include "app/cli/segment_output.h"

#include "core/error.h"
#include "core/file/atomic_file.h"
#include "core/image/image_reader.h"
#include "core/mask/mask_measure.h"
#include "core/segmentation/closer_look.h"
#include "core/segmentation/prior_logits.h"
#ifdef MASKWRIGHT_WITH_TORCH
#include "core/torch/stage_tensors.h"
#endif

#include <spdlog/spdlog.h>

#include <algorithm>
#include <iostream>

namespace cli
{
namespace
{

struct SegmentOptions {
    ModelOptions model;
    std::string image;
    std::vector<std::string> pointTexts;
    std::vector<std::string> boxTexts;
    std::string maskFile;
    bool multimask = false;
    bool single = false;
    bool candidates = false;
    bool wholeOnly = false;
    bool overlay = false;
    std::string category = "object";
    std::string out;
    std::string tensors;

    std::vector<core::PointPrompt> points;
    std::vector<core::Box> boxes;

    bool writesPng() const { return std::filesystem::path(out).extension() == ".png"; }
};

/// What the options' own checks cannot see: contradictions between them.
void check(SegmentOptions &options)
{
    std::transform(options.pointTexts.begin(), options.pointTexts.end(),
                   std::back_inserter(options.points), parsePoint);
    std::transform(options.boxTexts.begin(), options.boxTexts.end(),
                   std::back_inserter(options.boxes), parseBox);
    const auto refuse = [](const char *option, const char *why) {
        throw CLI::ValidationError(option, why);
    };
    if (options.points.empty() && options.boxes.empty() && options.maskFile.empty())
        refuse("segment", "needs a --point, a --box or a --mask");
    if (options.boxes.size() > 1 && (!options.points.empty() || !options.maskFile.empty()))
        refuse("--box", "several boxes are several objects; points and a mask belong to one");
    if (options.boxes.size() > 1 && !options.tensors.empty())
        refuse("--tensors", "takes the tensors of one object, so one --box at most");
    if (!options.tensors.empty() && !hasTensors(options.model))
        refuse("--tensors", "this model has no tensors");
    if (!options.out.empty() && !options.writesPng() &&
        std::filesystem::path(options.out).extension() != ".json")
        refuse("--out", "has to end in .json or .png");
    if (options.overlay && !options.writesPng())
        refuse("--overlay", "draws a picture: it needs --out F.png");
    if (options.candidates && options.writesPng())
        refuse("--candidates", "writes several masks: it needs --out F.json");
}

core::Mask readPrior(const std::string &file, core::Size size)
{
    const core::Image image = core::readImage(file, sayDoubt);
    if (image.size != size) {
        throw core::Error(core::ErrorKind::BadPrompt, "\"" + file +
                                                          "\" does not have the picture's size, " +
                                                          std::to_string(size.width) + " x " +
                                                          std::to_string(size.height) + " pixels.");
    }
    core::Mask mask(size);
    for (std::size_t i = 0; i < mask.pixels.size(); ++i) {
        const std::uint8_t *pixel = &image.pixels[i * 3];
        mask.pixels[i] = pixel[0] || pixel[1] || pixel[2];
    }
    return mask;
}

/// One prompt an object.
std::vector<core::Prompt> prompts(const SegmentOptions &options,
                                  const core::ImageEmbedding &embedding)
{
    core::Prompt prompt;
    prompt.points = options.points;
    if (!options.maskFile.empty()) {
        prompt.previous =
            core::priorLogits(readPrior(options.maskFile, embedding.geometry().original),
                              embedding.geometry(), embedding.logitsSize());
    }
    if (options.multimask)
        prompt.output = core::MaskOutput::Multi;
    if (options.single)
        prompt.output = core::MaskOutput::Single;

    std::vector<core::Prompt> all(std::max<std::size_t>(1, options.boxes.size()), prompt);
    for (std::size_t i = 0; i < options.boxes.size(); ++i)
        all[i].box = options.boxes[i];
    for (const core::Prompt &one : all)
        requireInside(one, embedding.geometry().original);
    return all;
}

void write(const SegmentOptions &options, core::Image image,
           const std::vector<ObjectMasks> &objects)
{
    if (options.writesPng()) {
        if (options.overlay)
            writeOverlayPng(options.out, std::move(image), objects);
        else
            writeMaskPng(options.out, image.size, objects);
        return;
    }
    const std::string text =
        cocoText(options.image, image.size, objects, options.candidates, options.category);
    if (options.out.empty()) {
        std::cout << text << std::flush;
        return;
    }
    core::AtomicFile file(options.out);
    file.write(text);
    file.commit();
}

/// Says which objects came out empty; they are missing in a COCO file.
int reportEmpty(const std::vector<ObjectMasks> &objects)
{
    int empty = 0;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        if (core::area(objects[i].front().mask) > 0)
            continue;
        ++empty;
        spdlog::error("Object {} has an empty mask; give it another prompt.", i + 1);
    }
    return empty ? ItemFailed : Success;
}

/// Brings the best answer to the front, by the scores of the first look: those of closer ones are
/// of one mask each and do not compare. What is written is looked at closer.
void lookCloser(core::CloserLook look, const core::LogitsPlace &place, const core::Prompt &prompt,
                ObjectMasks &masks, bool allCandidates)
{
    std::stable_sort(masks.begin(), masks.end(),
                     [](const auto &a, const auto &b) { return a.predictedIou > b.predictedIou; });
    for (std::size_t i = 0; i < (allCandidates ? masks.size() : 1); ++i)
        masks[i] = look.closer(prompt, {std::move(masks[i]), place}).candidate;
}

int segment(const SegmentOptions &options)
{
    core::Image image = core::readImage(options.image, sayDoubt);
    const auto segmenter = makeSegmenter(options.model);
    const auto embedding = segmenter->encode(image.view());
    const auto questions = prompts(options, *embedding);
    std::vector<ObjectMasks> objects = segmenter->decodeBatch(*embedding, questions);

#ifdef MASKWRIGHT_WITH_TORCH
    if (!options.tensors.empty())
        core::writeStageTensors(options.tensors, *embedding, objects.front());
#endif
    const core::FocusedEmbedding whole = core::wholeView(embedding);
    core::CloserLook::Encode parts;
    if (!options.wholeOnly)
        parts = core::CloserLook::partsOf(*segmenter, image.view());
    for (std::size_t i = 0; i < objects.size(); ++i) {
        lookCloser({*segmenter, whole, parts}, core::placeOf(whole), questions[i], objects[i],
                   options.candidates);
    }
    write(options, std::move(image), objects);
    return reportEmpty(objects);
}

} // namespace

void addSegment(CLI::App &app, Run &run)
{
    auto options = std::make_shared<SegmentOptions>();
    CLI::App *command = app.add_subcommand("segment", "Masks of objects in one picture");
    command->footer("Example: maskwright-cli segment truck.jpg --point 500,375 --out truck.json");
    command->add_option("image", options->image, "The picture")->required();
    command
        ->add_option("--point", options->pointTexts,
                     "X,Y or X,Y,0: a click on the object, or (0) beside it; repeatable; "
                     "original pixels")
        ->allow_extra_args(false);
    command
        ->add_option("--box", options->boxTexts,
                     "X0,Y0,X1,Y1 around the object; repeatable: one object each")
        ->allow_extra_args(false);
    command->add_option("--mask", options->maskFile,
                        "A picture of the same size, black but on the object: where to start from");
    auto *multimask = command->add_flag("--multimask", options->multimask,
                                        "Ask for three masks (default for one lone point)");
    command->add_flag("--single", options->single, "Ask for one mask (default otherwise)")
        ->excludes(multimask);
    command->add_flag("--candidates", options->candidates,
                      "Write every mask, not only the one with the best predicted IoU");
    command->add_option("--category", options->category, "Name in the COCO file")
        ->capture_default_str();
    command->add_option("--out", options->out,
                        "F.json: COCO with run lengths; F.png: black and white. Default: COCO on "
                        "stdout");
    command->add_flag("--overlay", options->overlay,
                      "F.png is the picture with the masks drawn over it");
    command->add_option("--tensors", options->tensors,
                        "F.safetensors: image_embedding, low_res_logits and iou_predictions as "
                        "float32, in the model's own order; of the picture as a whole");
    addLookOption(*command, options->wholeOnly);
    addModelOptions(*command, options->model);
    command->callback([options, &run] {
        check(*options);
        run = [options] { return segment(*options); };
    });
}

} // namespace cli
