// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/clean_up.h"

#include "core/mask/rle_measure.h"
#include "ui/editing/mask_target.h"

#include <QCoreApplication>

#include <new>
#include <optional>

namespace ui
{
namespace
{

/// Beyond so many corners outlines would hold up the painting; added and removed pixels still show.
constexpr int maxOutlineElements = 20'000;
void append(std::vector<QRect> &marks, const std::vector<core::PixelRect> &boxes)
{
    for (const core::PixelRect &box : boxes)
        marks.emplace_back(box.x, box.y, box.width, box.height);
}

/// In pairs: the runs of many small masks are gone through as often as the number has digits, not
/// once for each mask.
core::Rle united(std::vector<core::Rle> masks)
{
    while (masks.size() > 1) {
        std::vector<core::Rle> half;
        for (std::size_t i = 0; i + 1 < masks.size(); i += 2)
            half.push_back(core::combine(masks[i], masks[i + 1], core::SetOperation::Union));
        if (masks.size() % 2 == 1)
            half.push_back(std::move(masks.back()));
        masks = std::move(half);
    }
    return masks.empty() ? core::Rle() : std::move(masks.front());
}

MaskShape shapeOf(std::vector<core::Rle> masks)
{
    MaskShape shape = makeMaskShape(united(std::move(masks)));
    if (shape.outline.elementCount() > maxOutlineElements)
        shape.outline = {};
    return shape;
}

/// Collects what cleaning makes of one mask after the other.
class Collector
{
public:
    explicit Collector(const core::CleanUpOptions &options) : m_options(options) {}

    /// Nothing when the mask stays as it is.
    std::optional<core::Rle> clean(const core::Rle &given)
    {
        const core::Rle mask = core::withoutEmptyRuns(given);
        core::CleanUpResult result = core::cleanUp(mask, m_options);
        if (result.mask == mask)
            return std::nullopt;
        ++preview.objects;
        append(preview.filledHoles, result.filledHoles);
        append(preview.removedParts, result.removedParts);
        m_added.push_back(core::combine(result.mask, mask, core::SetOperation::Difference));
        m_removed.push_back(core::combine(mask, result.mask, core::SetOperation::Difference));
        if (m_outlines.elementCount() <= maxOutlineElements)
            m_outlines.addPath(makeMaskShape(result.mask).outline);
        return std::move(result.mask);
    }

    CleanUp::Preview finish()
    {
        if (!m_added.empty()) {
            preview.added = shapeOf(std::move(m_added));
            preview.removed = shapeOf(std::move(m_removed));
        }
        if (m_outlines.elementCount() <= maxOutlineElements)
            preview.outlines = std::move(m_outlines);
        return std::move(preview);
    }

    CleanUp::Preview preview;

private:
    core::CleanUpOptions m_options;
    std::vector<core::Rle> m_added;
    std::vector<core::Rle> m_removed;
    QPainterPath m_outlines;
};

} // namespace

CleanUp::CleanUp(Document &document, Selection &selection, MaskTarget &target, QObject *parent)
    : QObject(parent), m_document(document), m_selection(selection), m_target(target)
{
    m_pool.setMaxThreadCount(1);
    connect(&target, &MaskTarget::changed, this, &CleanUp::restart);
    connect(&target, &MaskTarget::imageChanged, this, [this] {
        m_preview = {}; // of another picture
        restart();
    });
}

CleanUp::~CleanUp()
{
    ++m_latest;
    m_pool.clear();
    m_pool.waitForDone();
}

void CleanUp::setIsLeftAlone(std::function<bool(core::Id)> isLeftAlone)
{
    m_isLeftAlone = std::move(isLeftAlone);
    restart();
}

void CleanUp::setActive(bool active)
{
    if (m_isActive == active)
        return;
    m_isActive = active;
    restart();
}

void CleanUp::setOptions(const core::CleanUpOptions &options)
{
    if (m_options == options)
        return;
    m_options = options;
    restart();
}

void CleanUp::setWholeImage(bool whole)
{
    if (m_wholeImage == whole)
        return;
    m_wholeImage = whole;
    restart();
}

CleanUp::Scope CleanUp::scope() const
{
    const MaskTarget::Kind kind = m_target.kind();
    if (kind == MaskTarget::Kind::None)
        return Scope::Nothing;
    if (m_wholeImage)
        return Scope::Image;
    if (kind == MaskTarget::Kind::InWork)
        return Scope::InWork;
    return m_selection.ids().empty() ? Scope::Image : Scope::Selected;
}

void CleanUp::restart()
{
    const quint64 request = ++m_latest;
    m_pool.clear();
    m_appliesWhenDone = false;
    m_objectCount = 0;
    if (!m_isActive || scope() == Scope::Nothing) {
        const bool hadSome = m_isComputing || !m_preview.isEmpty();
        m_preview = {};
        m_isComputing = false;
        if (m_isActive || hadSome)
            Q_EMIT changed();
        return;
    }
    Records records;
    core::Rle inWork;
    if (scope() == Scope::InWork) {
        inWork = m_target.mask();
        m_objectCount = 1;
    } else {
        for (const project::AnnotationPointer &record :
             m_document.annotations(m_selection.image())) {
            const core::Annotation &annotation = record->annotation;
            const bool isMeant = scope() == Scope::Selected ? m_selection.contains(annotation.id)
                                                            : !m_isLeftAlone(annotation.id);
            if (isMeant && annotation.mask.size == m_target.imageSize())
                records.push_back(record);
        }
        m_objectCount = int(records.size());
    }
    m_isComputing = true;
    m_pool.start([this, request, options = m_options, records = std::move(records),
                  inWork = std::move(inWork)] {
        Preview preview;
        bool failed = false;
        try {
            Collector collector(options);
            if (!inWork.size.isEmpty()) {
                if (auto mask = collector.clean(inWork))
                    collector.preview.inWork = std::move(*mask);
            }
            for (const project::AnnotationPointer &record : records) {
                if (m_latest != request)
                    return;
                if (auto mask = collector.clean(record->annotation.mask))
                    collector.preview.change.objects.push_back({record, {std::move(*mask)}});
            }
            preview = collector.finish();
        } catch (const std::bad_alloc &) {
            preview = {};
            failed = true;
        }
        QMetaObject::invokeMethod(this,
                                  [this, request, failed, preview = std::move(preview)]() mutable {
                                      if (m_latest == request)
                                          take(std::move(preview), failed);
                                  });
    });
    Q_EMIT changed();
}

void CleanUp::take(Preview preview, bool failed)
{
    m_preview = std::move(preview);
    m_isComputing = false;
    if (std::exchange(m_appliesWhenDone, false) && !failed)
        applyNow();
    else
        Q_EMIT changed();
}

void CleanUp::apply()
{
    if (m_isComputing)
        m_appliesWhenDone = true;
    else
        applyNow();
}

bool CleanUp::takeBackApply()
{
    return std::exchange(m_appliesWhenDone, false);
}

void CleanUp::applyNow()
{
    const Preview preview = m_preview; // applying makes another
    const QString text = QCoreApplication::translate("edits", "Clean up");
    if (!preview.inWork.size.isEmpty())
        m_target.replace(preview.inWork, text);
    else if (!preview.change.isEmpty() && !applyChange(m_document, preview.change, text))
        return;
    Q_EMIT applied(preview.objects);
}

} // namespace ui
