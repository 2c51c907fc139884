( () => {
	'use strict';

	// An import goes on by itself.
	document.querySelector( 'form[data-logto-continue] button' )?.click();

	const words = window.logtoSignIn;
	const status = document.getElementById( 'logto-copied' );

	/**
	 * Copies a field's address. Without the clipboard (http pages have none) the address is selected instead.
	 *
	 * @param {HTMLInputElement} field
	 * @return {Promise<string>} What to tell the admin.
	 */
	const copy = async ( field ) => {
		try {
			await navigator.clipboard.writeText( field.value );
			return words.copied;
		} catch {
			field.focus();
			field.select();
			return document.execCommand( 'copy' ) ? words.copied : words.failed;
		}
	};

	for ( const button of document.querySelectorAll( '[data-logto-copy]' ) ) {
		const label = button.textContent;
		button.addEventListener( 'click', async () => {
			const said = await copy( document.getElementById( button.dataset.logtoCopy ) );
			status.textContent = said;
			button.textContent = said;
			setTimeout( () => {
				status.textContent = '';
				button.textContent = label;
			}, 2000 );
		} );
	}

	/**
	 * Shows the rows of some fields only while a choice asks for them. What stands in them is sent all the same.
	 *
	 * @param {string}   choice Id of the list.
	 * @param {string}   value  What asks for them.
	 * @param {string[]} fields Their ids.
	 */
	const ask = ( choice, value, fields ) => {
		const list = document.getElementById( choice );
		const show = () => {
			for ( const field of fields ) {
				document.getElementById( field ).closest( 'tr' ).hidden = list.value !== value;
			}
		};

		list?.addEventListener( 'change', show );
		if ( list ) {
			show();
		}
	};

	/**
	 * Asks before somebody leaves with changes that were not saved.
	 *
	 * @param {HTMLFormElement} form
	 */
	const guard = ( form ) => {
		let changed = false;
		const warn = ( event ) => changed && event.preventDefault();
		form.addEventListener( 'input', () => {
			changed = true;
		} );
		form.addEventListener( 'submit', () => {
			changed = false;
		} );
		window.addEventListener( 'beforeunload', warn );
	};

	for ( const form of document.querySelectorAll( 'form[data-logto-guard]' ) ) {
		guard( form );
	}

	ask( 'logto-provisioning', 'allow_list', [ 'logto-allow_email_domains', 'logto-allow_organizations', 'logto-allow_roles' ] );
	ask( 'logto-username_strategy', 'template', [ 'logto-username_template' ] );

	/**
	 * A field that asks for rows. The last row is always there to be copied, with its values taken out.
	 *
	 * @param {HTMLElement} rows
	 */
	const grow = ( rows ) => {
		const last = rows.querySelector( '.logto-row:last-of-type' );
		const row = last.cloneNode( true );
		const number = rows.querySelectorAll( '.logto-row' ).length;
		for ( const control of row.querySelectorAll( '[name]' ) ) {
			control.name = control.name.replace( /\[\d+\]/u, `[${ number }]` );
			control.value = control.tagName === 'SELECT' ? control.options[ 0 ].value : '';
		}

		last.after( row );
		row.querySelector( 'input' ).focus();
	};

	for ( const button of document.querySelectorAll( '[data-logto-add]' ) ) {
		button.addEventListener( 'click', () => grow( button.closest( 'td' ).querySelector( '[data-logto-rows]' ) ) );
	}
} )();
