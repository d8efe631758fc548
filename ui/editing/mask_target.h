// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle.h"
#include "core/mask/rle_merge.h"
#include "ui/editing/selection.h"

#include <QObject>

#include <functional>

namespace ui
{

class PromptSession;

/// Which mask the hand tools draw on: the object in work when there is one, else the one selected
/// annotation, else an annotation that the first stroke makes. It is selected then, so that the
/// next stroke goes on with it.
class MaskTarget : public QObject
{
    Q_OBJECT

public:
    enum class Kind {
        None,     ///< no picture, or one that is not to be changed
        Locked,   ///< an accepted annotation that is not to be changed
        InWork,   ///< the prompt session's current candidate
        Selected, ///< an accepted annotation
        New,
    };

    MaskTarget(Document &document, PromptSession &session, Selection &selection,
               QObject *parent = nullptr);

    /// The open picture's size; {0, 0} while it is not known. Follows the selection's picture.
    core::Size imageSize() const;
    Kind kind() const;
    /// Whether there is something that hand tools may draw on.
    bool canDraw() const { return kind() != Kind::None && kind() != Kind::Locked; }
    bool isReadOnly() const;
    /// What the user locked; changed() is to be emitted when that is another.
    void setIsLocked(std::function<bool(core::Id)> isLocked) { m_isLocked = std::move(isLocked); }
    /// The mask as it is; without pixels for New. An Rle of no size for None.
    core::Rle mask() const;

    /// Puts or takes the pixels of `region`, a mask of the picture's size. One step that can be
    /// undone, named `text` in the history. Nothing happens when no pixel changes. An annotation
    /// that loses its last pixel is deleted.
    void apply(core::SetOperation operation, const core::Rle &region, const QString &text);
    /// Puts `mask` in the place of the target's.
    void replace(core::Rle mask, const QString &text);

Q_SIGNALS:
    void imageChanged(); ///< another picture
    void changed();      ///< kind() or mask() may be another

private:
    Document &m_document;
    PromptSession &m_session;
    Selection &m_selection;
    std::function<bool(core::Id)> m_isLocked = [](core::Id) { return false; };
};

} // namespace ui
