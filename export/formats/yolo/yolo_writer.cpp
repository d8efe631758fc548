// SPDX-License-Identifier: Apache-2.0
#include "export/formats/yolo/yolo_writer.h"

#include "export/files/split_export.h"
#include "export/formats/yolo/yolo_yaml.h"
#include "export/text/lines.h"

#include <algorithm>
#include <unordered_map>

namespace exporters
{

void writeYolo(AnnotationSource &source, const std::filesystem::path &target,
               const WriteOptions &options, const std::stop_token &stop, const Progress &progress,
               WriteSummary &summary, const YoloNumbers &numbersOf)
{
    const std::vector<core::Category> categories = source.categories();
    std::unordered_map<core::Id, std::string> classes;
    for (const core::Category &category : categories)
        classes.emplace(category.id, std::to_string(classes.size()));

    const auto lineOf = [&](const core::ImageRecord &image, const core::Annotation &annotation) {
        const std::vector<double> numbers = numbersOf(image, annotation);
        if (numbers.empty())
            return std::string();
        const int decimals = std::max(image.size.width, image.size.height) > 100'000 ? 8 : 6;
        std::string line = classes.at(annotation.categoryId);
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            const int side = i % 2 == 0 ? image.size.width : image.size.height;
            line += ' ' + toText(numbers[i] / side, decimals);
        }
        return line;
    };
    const auto nameIn = [](const char *folder, const char *ending) {
        return [=](const PicturePlaces::Place &place) {
            return folder + place.split + '/' + place.stem + (*ending ? ending : place.ending);
        };
    };
    OutputFolder out(target);
    const std::vector<std::string> splits =
        writeSplits(source, out, options, stop, progress, summary,
                    {{}, lineOf, nameIn("labels/", ".txt"), nameIn("images/", "")});
    // Where the pictures are to lie, should they not have come along.
    for (const std::string &split : splits.empty() ? std::vector<std::string>{"train"} : splits)
        out.makeFolder("images/" + split);
    out.write("data.yaml", yoloYamlText(categories, splits));
    out.commit();
}

WriteSummary writeYoloBoxes(AnnotationSource &source, const std::filesystem::path &target,
                            const WriteOptions &options, const std::stop_token &stop,
                            const Progress &progress, YoloBoxNumbers numbersOf)
{
    WriteSummary summary;
    writeYolo(source, target, options, stop, progress, summary,
              [&](const core::ImageRecord &image, const core::Annotation &annotation) {
                  return numbersOf(image.size, annotation, summary);
              });
    return summary;
}

} // namespace exporters
