// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dataset/dataset.h"

#include <QObject>

#include <vector>

namespace ui
{

class Document;

/// Which annotations of the open picture are selected. What is deleted, or belongs to another
/// picture, is not.
class Selection : public QObject
{
    Q_OBJECT

public:
    explicit Selection(Document &document, QObject *parent = nullptr);

    /// The picture that is open; selects nothing. 0: none.
    void setImage(core::Id image);
    core::Id image() const { return m_image; }

    /// In the order of painting.
    const std::vector<core::Id> &ids() const { return m_ids; }
    bool contains(core::Id annotation) const;
    /// The one that was selected first of those that are still selected; 0: none. The lowest, when
    /// they were selected at once.
    core::Id first() const { return m_first; }
    core::Id single() const { return m_ids.size() == 1 ? m_ids.front() : 0; } ///< 0: none or many

    void set(std::vector<core::Id> annotations);
    void select(core::Id annotation); ///< alone; 0: none
    void toggle(core::Id annotation);

Q_SIGNALS:
    void changed();
    void imageChanged(); ///< another picture

private:
    Document &m_document;
    core::Id m_image = 0;
    std::vector<core::Id> m_ids;
    core::Id m_first = 0;
};

} // namespace ui
