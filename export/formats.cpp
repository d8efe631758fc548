// SPDX-License-Identifier: Apache-2.0
#include "export/formats.h"

#include "export/formats/cityscapes.h"
#include "export/formats/coco.h"
#include "export/formats/coco_panoptic.h"
#include "export/formats/coco_results.h"
#include "export/formats/cvat_xml.h"
#include "export/formats/dota.h"
#include "export/formats/label_studio.h"
#include "export/formats/labelme.h"
#include "export/formats/mask_png.h"
#include "export/formats/mots.h"
#include "export/formats/sa1b.h"
#include "export/formats/sav.h"
#include "export/formats/voc.h"
#include "export/formats/yolo_det.h"
#include "export/formats/yolo_obb.h"
#include "export/formats/yolo_seg.h"

#include <algorithm>

namespace exporters
{
namespace
{

std::vector<std::unique_ptr<const Format>> makeFormats()
{
    std::vector<std::unique_ptr<const Format>> all;
    all.push_back(std::make_unique<Coco>());
    all.push_back(std::make_unique<CocoResults>());
    all.push_back(std::make_unique<Sa1b>());
    all.push_back(std::make_unique<YoloSeg>());
    all.push_back(std::make_unique<YoloDet>());
    all.push_back(std::make_unique<YoloObb>());
    all.push_back(std::make_unique<LabelMe>());
    all.push_back(std::make_unique<Voc>());
    all.push_back(std::make_unique<MaskPng>());
    all.push_back(std::make_unique<CocoPanoptic>());
    all.push_back(std::make_unique<Cityscapes>());
    all.push_back(std::make_unique<CvatXml>());
    all.push_back(std::make_unique<LabelStudio>());
    all.push_back(std::make_unique<Dota>());
    all.push_back(std::make_unique<Mots>());
    all.push_back(std::make_unique<Sav>());
    return all;
}

template <typename Predicate>
const Format *findIf(Predicate predicate)
{
    const auto &all = allFormats();
    const auto found = std::ranges::find_if(all, [&](const auto &f) { return predicate(*f); });
    return found == all.end() ? nullptr : found->get();
}

} // namespace

const std::vector<std::unique_ptr<const Format>> &allFormats()
{
    static const std::vector<std::unique_ptr<const Format>> all = makeFormats();
    return all;
}

const Format *findFormat(std::string_view name)
{
    return findIf([&](const Format &format) { return format.name() == name; });
}

const Format *recogniseFormat(const std::filesystem::path &input)
{
    return findIf(
        [&](const Format &format) { return format.canRead() && format.recognises(input); });
}

} // namespace exporters
