// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/document.h"
#include "ui/editing/mask_shape.h"

#include <QObject>
#include <QThreadPool>

#include <functional>
#include <mutex>
#include <vector>

namespace ui
{

/// The accepted masks of the open image, ready to be painted: decoded and outlined in the
/// background as annotations come and change, coloured by their category.
class AnnotationShapes : public QObject
{
    Q_OBJECT

public:
    struct Item {
        project::AnnotationPointer record;
        MaskShape shape; ///< empty until it is made
        /// Whose mask the shape shows; while the present one's is being made, the one before.
        project::AnnotationPointer shown;
        QRgb color = 0; ///< its category's; the shape has it, too
    };

    explicit AnnotationShapes(Document &document, QObject *parent = nullptr);
    ~AnnotationShapes() override;

    void setImage(core::Id image);
    /// In the order of painting.
    const std::vector<Item> &items() const { return m_items; }
    /// Its category's.
    QColor colorOf(const project::AnnotationPointer &record) const;
    /// The topmost annotation at a position of the picture; 0: none. `accept` may leave some out.
    core::Id annotationAt(QPointF position, const std::function<bool(core::Id)> &accept = {}) const;

Q_SIGNALS:
    void changed();

private:
    void update();
    void replace(Item &item, const project::AnnotationPointer &record);
    void setColor(Item &item) const;
    void recolor();
    void make(const project::AnnotationPointer &record);
    void takeMade();

    Document &m_document;
    core::Id m_image = 0;
    std::vector<Item> m_items;
    struct Made {
        project::AnnotationPointer record;
        MaskShape shape;
    };
    std::mutex m_mutex;
    std::vector<Made> m_made; ///< guarded by m_mutex: not taken yet; taken all at once
    QThreadPool m_pool;       ///< one thread
};

} // namespace ui
