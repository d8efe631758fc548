// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/rle_merge.h"
#include "ui/editing/mask_change.h"

#include <QObject>
#include <QThreadPool>

#include <functional>

namespace ui
{

class MaskTarget;
class Selection;

/// What can be done with the selected objects as wholes. The masks are worked out on a thread of
/// its own; the step is made when they are there. The first selected object is the one that the
/// others are united into, subtracted from and so on (Selection::first()). GUI thread.
class ObjectOperations : public QObject
{
    Q_OBJECT

public:
    enum class Refusal {
        NothingLeft,  ///< the first object would lose its last pixel
        OnePart,      ///< nothing to split
        TooManyParts, ///< more than maxParts
        NoHoles,
        NothingInCommon, ///< no pixels to take or to give
        OtherSize,       ///< copied from a picture of another size, or masks of different sizes
        NotEnoughMemory,
    };
    Q_ENUM(Refusal)

    /// Splitting a mask of crumbs into thousands of objects is not what anyone wants.
    static constexpr std::size_t maxParts = 500;

    ObjectOperations(Document &document, Selection &selection, MaskTarget &target,
                     QObject *parent = nullptr);
    ~ObjectOperations() override;

    /// Objects the user locked: their pixels are not taken from them.
    void setIsLocked(std::function<bool(core::Id)> isLocked) { m_isLocked = std::move(isLocked); }

    bool canCombine() const;   ///< two or more are selected
    bool canChange() const;    ///< one or more are selected
    bool canFillHoles() const; ///< the same, or an object is in work
    bool canPaste() const { return !m_copied.empty(); }
    bool isBusy() const { return m_isBusy; }
    /// Gives up what is being worked out. False: nothing is.
    bool cancel();

    void combine(core::SetOperation operation);
    void split();
    void takeFromBelow();
    void giveToAbove();
    void fillHoles();

    /// In its place; the copies are selected.
    void duplicate();
    /// For paste() into any picture of the same size in this project.
    void copy();
    void paste();

Q_SIGNALS:
    void busyChanged(); ///< or whether there is something to paste
    void refused(ui::ObjectOperations::Refusal reason);
    /// So many other objects had no other pixels and were deleted.
    void deletedOthers(int count);
    void copied(int count);

private:
    using Finish = std::function<void()>; ///< runs on the GUI thread
    void run(std::function<Finish()> work);
    void start(std::function<MaskChange()> work, Refusal ifNothing, const QString &text);
    void fillHolesInWork(const QString &text);
    void take(const MaskChange &change, Refusal ifNothing, const QString &text);
    void add(const Records &records, const QString &text);
    Records selected() const;

    Document &m_document;
    Selection &m_selection;
    MaskTarget &m_target;
    std::function<bool(core::Id)> m_isLocked = [](core::Id) { return false; };
    Records m_copied;
    QThreadPool m_pool; ///< one thread
    bool m_isBusy = false;
    quint64 m_number = 0; ///< of what is being worked out
};

} // namespace ui
