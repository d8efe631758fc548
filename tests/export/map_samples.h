// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"
#include "core/mask/rle_builder.h"
#include "export/findings.h"
#include "export/format.h"
#include "export/maps/instance_map.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <algorithm>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <string>

namespace sample
{

/// Objects that share no pixel, with holes, parts, crumbs and single pixels.
inline core::Dataset maps(unsigned seed, int images = 4, int categories = 3, int objects = 9)
{
    std::mt19937 random(seed);
    const auto upTo = [&](int most) { return int(random() % unsigned(most)); };
    core::Dataset dataset;
    for (int i = 1; i <= categories; ++i)
        dataset.categories.push_back(
            {i, "kind " + std::to_string(i), "", core::Color(random() & 0xffffff)});
    for (int i = 1; i <= images; ++i) {
        const core::Size size{1 + upTo(60), 1 + upTo(60)};
        dataset.images.push_back({i, "b" + std::to_string(i) + ".jpg", size});
        exporters::IndexMap map(size);
        for (int n = 0; n < 3 * objects; ++n) {
            const int x0 = upTo(size.width), y0 = upTo(size.height);
            const int x1 = x0 + upTo(size.width - x0), y1 = y0 + upTo(size.height - y0);
            const auto value = std::uint32_t(upTo(objects + 1));
            for (int y = y0; y <= y1; ++y)
                std::fill(map.row(y) + x0, map.row(y) + x1 + 1, value);
        }
        for (int n = 0; n < size.area() / 10; ++n)
            map.values[random() % map.values.size()] = std::uint32_t(upTo(objects + 1));
        for (exporters::ValueMask &object : exporters::masksOfValues(map))
            dataset.annotations.push_back({core::Id(dataset.annotations.size() + 1), i,
                                           1 + upTo(categories), std::move(object.mask), false});
    }
    return dataset;
}

inline core::Rle rectangle(core::Size size, int x0, int y0, int x1, int y1)
{
    core::RleBuilder builder(size);
    for (int x = x0; x < x1; ++x)
        builder.add(std::uint64_t(x) * unsigned(size.height) + unsigned(y0),
                    std::uint64_t(x) * unsigned(size.height) + unsigned(y1));
    return builder.finish();
}

/// One picture "a.jpg" of 10 x 8 with objects of a category each: the second covers a part of the
/// first, the fourth all of the third; the fifth stands alone and the sixth has no pixel.
inline core::Dataset overlapping()
{
    core::Dataset dataset;
    dataset.categories = {{1, "kind 1", "", 0xff0000}, {2, "kind 2", "", 0x00ff00}};
    const core::Size size{10, 8};
    dataset.images = {{1, "a.jpg", size}};
    dataset.annotations = {
        {1, 1, 1, rectangle(size, 0, 0, 4, 4)},  {2, 1, 2, rectangle(size, 3, 3, 6, 6)},
        {3, 1, 1, rectangle(size, 8, 0, 9, 2)},  {4, 1, 2, rectangle(size, 7, 0, 10, 3)},
        {5, 1, 1, rectangle(size, 9, 7, 10, 8)}, {6, 1, 1, rectangle(size, 0, 0, 0, 0)}};
    return dataset;
}

/// What a dataset says of pixels and boxes, whatever ids and order it has: a text for each object.
inline QStringList described(const core::Dataset &dataset, bool withCrowds = false)
{
    std::map<core::Id, std::string> images;
    std::map<core::Id, std::string> categories;
    QStringList lines;
    for (const core::ImageRecord &image : dataset.images) {
        images[image.id] = image.fileName;
        lines += QString("%1 %2x%3")
                     .arg(QString::fromStdString(image.fileName))
                     .arg(image.size.width)
                     .arg(image.size.height);
    }
    for (const core::Category &category : dataset.categories)
        categories[category.id] = category.name;
    for (const core::Annotation &annotation : dataset.annotations) {
        std::string line = images.at(annotation.imageId) + ": " +
                           categories.at(annotation.categoryId) +
                           (withCrowds && annotation.isCrowd ? " (crowd)" : "");
        for (const std::uint32_t count : annotation.mask.counts)
            line += " " + std::to_string(count);
        if (annotation.box)
            line += " box " + std::to_string(annotation.box->x0) + " " +
                    std::to_string(annotation.box->y0) + " " + std::to_string(annotation.box->x1) +
                    " " + std::to_string(annotation.box->y1);
        lines += QString::fromStdString(line);
    }
    lines.sort();
    return lines;
}

/// "2 objects lie ..." a line each, in alphabetical order.
inline QStringList lossesOf(const exporters::WriteSummary &summary)
{
    QStringList lines;
    for (const exporters::Loss &loss : summary.losses)
        lines += QString("%1 %2").arg(loss.count).arg(QString::fromStdString(loss.what));
    lines.sort();
    return lines;
}

/// The rules of the findings, in their order.
inline QStringList rulesOf(const exporters::Findings &findings)
{
    QStringList rules;
    for (const exporters::Finding &finding : findings.told())
        rules += QString::fromStdString(finding.rule);
    return rules;
}

inline std::string contentOf(const std::filesystem::path &file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

inline void put(const std::filesystem::path &file, std::string_view content)
{
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary).write(content.data(), std::streamsize(content.size()));
}

/// Cuts the last bytes off.
inline void cut(const std::filesystem::path &file, std::size_t bytes)
{
    const std::string content = contentOf(file);
    put(file, std::string_view(content).substr(0, content.size() - bytes));
}

/// Asks to stop when the second picture is asked for.
class StoppingSource : public exporters::DatasetSource
{
public:
    StoppingSource(const core::Dataset &dataset, std::stop_source &stop)
        : DatasetSource(dataset), m_stop(stop)
    {
    }
    std::vector<core::Annotation> annotations(core::Id imageId) override
    {
        if (++m_asked == 2)
            m_stop.request_stop();
        return DatasetSource::annotations(imageId);
    }

private:
    std::stop_source &m_stop;
    int m_asked = 0;
};

} // namespace sample
