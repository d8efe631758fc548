// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/annotation_shapes.h"

#include <algorithm>
#include <cmath>
#include <iterator>
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

void AnnotationShapes::setColor(Item &item) const
{
    const QColor color = colorOf(item.record);
    item.color = color.rgb();
    item.shape.setColor(color);
}

void AnnotationShapes::update()
{
    const std::vector<project::AnnotationPointer> &fresh = m_document.annotations(m_image);
    // As a rule one of thousands has changed, came or went, most often the last.
    std::size_t same = 0; // so many are the annotations that they were, changed or not
    for (; same < std::min(fresh.size(), m_items.size()); ++same) {
        Item &item = m_items[same];
        if (item.record->annotation.id != fresh[same]->annotation.id)
            break;
        if (item.record != fresh[same])
            replace(item, fresh[same]);
    }
    std::vector<Item> rest;
    auto known = m_items.begin() + std::ptrdiff_t(same); // both lists are in order of id
    for (std::size_t i = same; i < fresh.size(); ++i) {
        const core::Id id = fresh[i]->annotation.id;
        while (known != m_items.end() && known->record->annotation.id < id)
            ++known;
        if (known != m_items.end() && known->record->annotation.id == id) {
            rest.push_back(std::move(*known++));
            if (rest.back().record != fresh[i])
                replace(rest.back(), fresh[i]);
        } else {
            rest.push_back({fresh[i], {}, {}, 0});
            make(fresh[i]);
            setColor(rest.back());
        }
    }
    m_items.erase(m_items.begin() + std::ptrdiff_t(same), m_items.end());
    m_items.insert(m_items.end(), std::make_move_iterator(rest.begin()),
                   std::make_move_iterator(rest.end()));
    Q_EMIT changed();
}

/// What is painted already stays until its successor is made, so that nothing flickers.
void AnnotationShapes::replace(Item &item, const project::AnnotationPointer &record)
{
    if (item.record->annotation.mask != record->annotation.mask)
        make(record);
    item.record = record;
    setColor(item);
}

void AnnotationShapes::recolor()
{
    for (Item &item : m_items)
        setColor(item);
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
        setColor(*item);
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
