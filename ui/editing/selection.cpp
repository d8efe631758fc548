// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/selection.h"

#include "ui/editing/document.h"

#include <algorithm>

namespace ui
{

Selection::Selection(Document &document, QObject *parent) : QObject(parent), m_document(document)
{
    connect(&document, &Document::annotationsChanged, this, [this](core::Id image) {
        if (image == m_image)
            set(m_ids);
    });
    connect(&document, &Document::imagesChanged, this, [this] { set(m_ids); });
}

void Selection::setImage(core::Id image)
{
    const bool isOther = m_image != image;
    m_image = image;
    set({});
    if (isOther)
        Q_EMIT imageChanged();
}

bool Selection::contains(core::Id annotation) const
{
    return std::binary_search(m_ids.begin(), m_ids.end(), annotation);
}

void Selection::set(std::vector<core::Id> annotations)
{
    std::erase_if(annotations, [this](core::Id id) {
        const project::AnnotationPointer record = m_document.annotation(id);
        return !record || record->annotation.imageId != m_image;
    });
    std::sort(annotations.begin(), annotations.end());
    annotations.erase(std::unique(annotations.begin(), annotations.end()), annotations.end());
    if (annotations == m_ids)
        return;
    m_ids = std::move(annotations);
    if (!contains(m_first))
        m_first = m_ids.empty() ? 0 : m_ids.front();
    Q_EMIT changed();
}

void Selection::select(core::Id annotation)
{
    set({annotation});
}

void Selection::toggle(core::Id annotation)
{
    std::vector<core::Id> ids = m_ids;
    if (std::erase(ids, annotation) == 0)
        ids.push_back(annotation);
    set(std::move(ids));
}

} // namespace ui
