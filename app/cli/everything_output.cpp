// SPDX-License-Identifier: Apache-2.0
#include "app/cli/everything_output.h"

#include "app/cli/json_values.h"

#include "core/error.h"
#include "core/file/atomic_file.h"
#include "core/mask/rle_measure.h"

#include <set>

namespace cli
{
namespace
{

class CocoEverything : public EverythingOutput
{
public:
    CocoEverything(const std::filesystem::path &file, std::string category)
        : m_out(file), m_category(std::move(category))
    {
        m_out.value("info", {{"description", "Made with Maskwright " MASKWRIGHT_VERSION}});
        m_out.openList("annotations");
    }

    void add(const std::string &fileName, core::Size size,
             const std::vector<core::GeneratedMask> &masks) override
    {
        m_images.push_back({core::Id(m_images.size()) + 1, fileName, size});
        for (const core::GeneratedMask &mask : masks) {
            const core::PixelRect box = core::boundingBox(mask.mask);
            m_out.element({{"id", ++m_annotations},
                           {"image_id", m_images.back().id},
                           {"category_id", 1},
                           {"segmentation", toJson(mask.mask)},
                           {"area", mask.area},
                           {"bbox", {box.x, box.y, box.width, box.height}},
                           {"iscrowd", 0},
                           {"score", rounded(mask.predictedIou)},
                           {"stability_score", rounded(mask.stabilityScore)}});
        }
    }

    void finish() override
    {
        m_out.closeList();
        m_out.openList("images");
        for (const core::ImageRecord &image : m_images)
            m_out.element({{"id", image.id},
                           {"width", image.size.width},
                           {"height", image.size.height},
                           {"file_name", image.fileName}});
        m_out.closeList();
        m_out.openList("categories");
        m_out.element({{"id", 1}, {"name", m_category}, {"supercategory", ""}});
        m_out.closeList();
        m_out.commit();
    }

private:
    exporters::JsonListWriter m_out;
    std::string m_category;
    std::vector<core::ImageRecord> m_images;
    core::Id m_annotations = 0;
};

class Sa1bEverything : public EverythingOutput
{
public:
    Sa1bEverything(std::filesystem::path out, bool isFolder)
        : m_out(std::move(out)), m_isFolder(isFolder)
    {
        std::error_code error;
        if (isFolder && !std::filesystem::create_directories(m_out, error) && error)
            throw core::Error(core::ErrorKind::FileUnwritable,
                              "The folder \"" + m_out.string() +
                                  "\" cannot be made: " + error.message() + ".");
    }

    void add(const std::string &fileName, core::Size size,
             const std::vector<core::GeneratedMask> &masks) override
    {
        Json annotations = Json::array();
        for (const core::GeneratedMask &mask : masks) {
            annotations.push_back(
                {{"id", annotations.size() + 1},
                 {"segmentation", toJson(mask.mask)},
                 {"bbox", {mask.box.x0, mask.box.y0, mask.box.width(), mask.box.height()}},
                 {"area", mask.area},
                 {"predicted_iou", mask.predictedIou},
                 {"stability_score", mask.stabilityScore},
                 {"crop_box", {mask.crop.x, mask.crop.y, mask.crop.width, mask.crop.height}},
                 {"point_coords", Json::array({{mask.point.x, mask.point.y}})}});
        }
        const Json content{{"image",
                            {{"image_id", ++m_images},
                             {"width", size.width},
                             {"height", size.height},
                             {"file_name", fileName}}},
                           {"annotations", std::move(annotations)}};
        core::AtomicFile file(m_isFolder ? fileOf(fileName) : m_out);
        // A file name may hold any bytes; JSON may not.
        file.write(content.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
        file.commit();
    }

    void finish() override {}

private:
    std::filesystem::path fileOf(const std::string &fileName)
    {
        std::filesystem::path name = std::filesystem::path(fileName).filename();
        name.replace_extension(".json");
        if (!m_written.insert(name).second)
            throw core::Error(core::ErrorKind::FileUnwritable,
                              "\"" + fileName + "\" would write over \"" + name.string() +
                                  "\", which another picture of this run has made.");
        return m_out / name;
    }

    std::filesystem::path m_out;
    bool m_isFolder;
    std::set<std::filesystem::path> m_written;
    core::Id m_images = 0;
};

} // namespace

std::unique_ptr<EverythingOutput> cocoEverything(const std::filesystem::path &file,
                                                 const std::string &category)
{
    return std::make_unique<CocoEverything>(file, category);
}

std::unique_ptr<EverythingOutput> sa1bEverything(const std::filesystem::path &out, bool isFolder)
{
    return std::make_unique<Sa1bEverything>(out, isFolder);
}

} // namespace cli
