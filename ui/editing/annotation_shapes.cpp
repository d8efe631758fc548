// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/annotation_shapes.h"

#include <algorithm>
#include <cmath>
#include <new>

namespace ui
{

AnnotationShapes::AnnotationShapes(Document &document, QObject *parent)
    : QObject(parent), m_document(document)
{
    m_pool.setMaxThreadCount(1);
    connect(&document, &Document::annotationsChanged, this, [this](core::Id image) {
        if (image == m_image)
            update();
    });
    connect(&document, &Document::categoriesChanged, this, &AnnotationShapes::recolor);
    connect(&document, &Document::projectChanged, this, &AnnotationShapes::update);
}

AnnotationShapes::~AnnotationShapes()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void AnnotationShapes::setImage(core::Id image)
{
    if (m_image == image)
        return;
    m_image = image;
    m_pool.clear();
    m_items.clear();
    update();
}

QColor AnnotationShapes::colorOf(const project::AnnotationPointer &record) const
{
    const core::Category *category = m_document.category(record->annotation.categoryId);
    return category ? QColor::fromRgb(category->color) : QColor(Qt::white);
}

/// What is painted already stays until its successor is made, so that nothing flickers.
void AnnotationShapes::update()
{
    std::vector<Item> items;
    auto known = m_items.begin(); // both lists are in order of id
    for (const project::AnnotationPointer &record : m_document.annotations(m_image)) {
        while (known != m_items.end() && known->record->annotation.id < record->annotation.id)
            ++known;
        const bool isKnown =
            known != m_items.end() && known->record->annotation.id == record->annotation.id;
        Item item{record, {}, {}};
        if (isKnown) {
            item.shape = std::move(known->shape);
            item.shown = std::move(known->shown);
        }
        if (!isKnown ||
            (known->record != record && known->record->annotation.mask != record->annotation.mask))
            make(record);
        item.shape.setColor(colorOf(record));
        items.push_back(std::move(item));
    }
    m_items = std::move(items);
    Q_EMIT changed();
}

void AnnotationShapes::recolor()
{
    for (Item &item : m_items)
        item.shape.setColor(colorOf(item.record));
    Q_EMIT changed();
}

void AnnotationShapes::make(const project::AnnotationPointer &record)
{
    m_pool.start([this, record] {
        MaskShape shape;
        try {
            shape = makeMaskShape(record->annotation.mask);
        } catch (const std::bad_alloc &) {
            return; // stays unpainted; the annotation itself is there
        }
        const std::lock_guard guard(m_mutex);
        m_made.push_back({record, std::move(shape)});
        if (m_made.size() == 1) // else the call is on its way
            QMetaObject::invokeMethod(this, &AnnotationShapes::takeMade, Qt::QueuedConnection);
    });
}

/// Two thousand shapes that become ready one after the other are a few changes, not two thousand.
void AnnotationShapes::takeMade()
{
    std::vector<Made> made;
    {
        const std::lock_guard guard(m_mutex);
        made.swap(m_made);
    }
    bool isChanged = false;
    for (Made &one : made) {
        const auto item = std::lower_bound(
            m_items.begin(), m_items.end(), one.record->annotation.id,
            [](const Item &a, core::Id id) { return a.record->annotation.id < id; });
        if (item == m_items.end() || item->record->annotation.id != one.record->annotation.id ||
            item->record->annotation.mask != one.record->annotation.mask)
            continue; // gone or replaced meanwhile
        item->shape = std::move(one.shape);
        item->shown = one.record;
        item->shape.setColor(colorOf(item->record));
        isChanged = true;
    }
    if (isChanged)
        Q_EMIT changed();
}

core::Id AnnotationShapes::annotationAt(QPointF position,
                                        const std::function<bool(core::Id)> &accept) const
{
    const QPoint pixel(int(std::floor(position.x())), int(std::floor(position.y())));
    for (auto item = m_items.rbegin(); item != m_items.rend(); ++item) {
        const MaskShape &shape = item->shape;
        if (!shape.isEmpty() && shape.bounds.contains(pixel) &&
            shape.image.pixelIndex(pixel - shape.bounds.topLeft()) != 0 &&
            (!accept || accept(item->record->annotation.id)))
            return item->record->annotation.id;
    }
    return 0;
}

} // namespace ui
